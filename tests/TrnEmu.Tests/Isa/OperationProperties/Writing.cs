namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>What an operation declares about a byte or a state.</summary>
internal enum Writing
{
    /// <summary>It keeps its value.</summary>
    No,

    /// <summary>It may keep its value.</summary>
    Perhaps,

    /// <summary>It gets a new value.</summary>
    Yes,
}
