namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>In what random cases must differ.</summary>
internal enum Aspect
{
    /// <summary>Generation of the chip.</summary>
    Chip,

    /// <summary>The engine that is named, or none.</summary>
    Engine,

    /// <summary>Dtypes of the first result and the first source.</summary>
    DTypes,

    /// <summary>Quadrant of 32 partitions that an operand starts in.</summary>
    Start,

    /// <summary>How the elements of an operand lie.</summary>
    Layout,

    /// <summary>Which operand has an index for each element.</summary>
    Indirect,

    /// <summary>Values that are read, and halves that are rounded.</summary>
    Value,
}
