namespace TrnEmu.Core.Chips;

/// <summary>A number of a chip file with its origin. Every number of a chip says both.</summary>
/// <param name="Value">The number, in <paramref name="Unit"/>.</param>
/// <param name="Unit">GHz, ns, bytes, cycles, …; empty for counts.</param>
/// <param name="Basis">How the number is known.</param>
/// <param name="Source">Where it is from, precise enough to look it up.</param>
public sealed record Quantity(double Value, string Unit, Basis Basis, string Source)
{
    /// <summary>The value as a whole number.</summary>
    public int ToInt32() => checked((int)Value);

    /// <summary>The value, for arithmetic.</summary>
    public static implicit operator double(Quantity quantity) => quantity.Value;

    /// <summary>The value, for languages without conversion operators.</summary>
    public double ToDouble() => Value;
}

/// <summary>How a number is known, best first.</summary>
public enum Basis : byte
{
    /// <summary>Printed in the vendor's documents.</summary>
    Documented,

    /// <summary>Read off a real chip.</summary>
    Measured,

    /// <summary>Chosen so that predictions meet end-to-end measurements.</summary>
    Fitted,

    /// <summary>Taken from a relative or from reason, for want of better.</summary>
    Assumed,
}
