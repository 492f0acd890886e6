using System.Globalization;

namespace TrnEmu.Compiler.Graph;

/// <summary>A named number or word that is part of a node: <c>epsilon=1e-05</c>, <c>activation=gelu</c>.</summary>
/// <param name="Name">As the operation declares it.</param>
/// <param name="Word">The value as text: a word, or a number that reads back as the same double.</param>
public readonly record struct GraphAttribute(string Name, string Word)
{
    /// <summary>A number.</summary>
    public GraphAttribute(string name, double value)
        : this(name, value.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant())
    {
    }

    /// <summary>The value as a number, or null when it is a word.</summary>
    public double? Number =>
        double.TryParse(Word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) ? number : null;

    /// <summary><c>epsilon=1e-05</c>.</summary>
    public override string ToString() => $"{Name}={Word}";
}
