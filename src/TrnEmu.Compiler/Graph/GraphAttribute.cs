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

    /// <summary>Whole numbers: <c>[2,-1]</c>.</summary>
    public GraphAttribute(string name, ReadOnlySpan<int> list)
        : this(name, string.Create(CultureInfo.InvariantCulture, $"[{string.Join(',', list.ToArray())}]"))
    {
    }

    /// <summary>The whole numbers of a list, or null when it is none.</summary>
    public int[]? Integers
    {
        get
        {
            if (Word is not ['[', .., ']']) return null;
            if (Word.Length == 2) return [];
            var list = new List<int>();
            foreach (var item in Word[1..^1].Split(','))
            {
                if (!int.TryParse(item, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)) return null;
                list.Add(value);
            }

            return [.. list];
        }
    }

    /// <summary><c>epsilon=1e-05</c>.</summary>
    public override string ToString() => $"{Name}={Word}";
}
