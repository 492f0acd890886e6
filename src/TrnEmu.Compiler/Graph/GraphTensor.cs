namespace TrnEmu.Compiler.Graph;

/// <summary>A tensor of a graph.</summary>
/// <param name="Name">Unique in the graph; letters, digits, '_' and '.', not starting with a digit.</param>
/// <param name="Type">Element type and extents.</param>
/// <param name="Role">What it is to the graph.</param>
public sealed record GraphTensor(string Name, TensorType Type, GraphRole Role);

/// <summary>What a tensor is to its graph.</summary>
public enum GraphRole : byte
{
    /// <summary>Made by one node, used by others.</summary>
    Internal,

    /// <summary>Given by the caller for each run.</summary>
    Input,

    /// <summary>Fixed values, such as weights; they lie beside the graph.</summary>
    Constant,

    /// <summary>Kept from run to run and updated in place: keys and values of earlier positions. Zero at
    /// first.</summary>
    Cache,

    /// <summary>Made by one node, read by the caller after each run.</summary>
    Output,
}
