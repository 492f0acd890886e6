namespace TrnEmu.Eager;

/// <summary>What an eager run is asked for.</summary>
public sealed record EagerOptions
{
    /// <summary>What reports call the run.</summary>
    public string Target { get; init; } = "kernel";

    /// <summary>Chip, limits, arithmetic, and what the passes are told.</summary>
    public RunOptions Run { get; init; } = new();

    /// <summary>Cores that the kernel runs on.</summary>
    public int Cores { get; init; } = 1;

    /// <summary>What becomes of a read of elements that nothing wrote.</summary>
    public Uninitialised Uninitialised { get; init; }

    /// <summary>
    /// Keep the operations for the passes, the time and the report; false executes only, in memory that does not grow
    /// with the number of operations.
    /// </summary>
    public bool Keep { get; init; } = true;
}

/// <summary>What a read of elements that nothing wrote does.</summary>
public enum Uninitialised
{
    /// <summary>It is a fault.</summary>
    Error,

    /// <summary>
    /// It sees NaN in floats and 4 in integers; where the user gave the address, what is there, at first -1 (NaN in
    /// every float type).
    /// </summary>
    NaN,

    /// <summary>It sees zeros.</summary>
    Zero,
}
