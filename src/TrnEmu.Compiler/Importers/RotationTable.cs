using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Importers;

/// <summary>
/// The cosines and sines of position * frequency, in fp32: frequencies and angles are rounded to fp32 as they are where
/// such models are trained, and the functions once from there.
/// </summary>
/// <param name="frequencies">Radians for each position, one for each pair of a head.</param>
internal sealed class RotationTable(float[] frequencies)
{
    /// <summary>Numbers that a table may have; it is not part of the file, whose length bounds all else.</summary>
    public const int Limit = 1 << 25;

    /// <summary>Frequencies theta^(-2i / size of a head).</summary>
    public static RotationTable Of(double theta, LlamaSizes sizes)
    {
        var frequencies = new float[sizes.Pairs];
        for (var i = 0; i < frequencies.Length; i++)
            frequencies[i] = 1 / (float)Math.Pow(theta, (float)(2 * i) / sizes.HeadSize);
        return new RotationTable(frequencies);
    }

    /// <summary>The frequencies after a function of each.</summary>
    public RotationTable Scaled(Func<double, double> function) =>
        new(Array.ConvertAll(frequencies, f => (float)function(f)));

    /// <summary>Why the tables of a model are too large, or null.</summary>
    public static FormattableString? Problem(LlamaSizes sizes)
    {
        var count = (long)sizes.Positions * sizes.Pairs;
        if (count <= Limit) return null;
        return $"{sizes.Positions} positions of {sizes.Pairs} rotations are {count} cosines, limit {Limit}";
    }

    /// <summary>Keeps both tables, a row for each position.</summary>
    public void AddTo(ConstantStore store, int positions)
    {
        store.Add(ConstantNames.Cos, Fill(positions, Math.Cos), DType.Fp32);
        store.Add(ConstantNames.Sin, Fill(positions, Math.Sin), DType.Fp32);
    }

    private float[] Fill(int positions, Func<double, double> function)
    {
        var table = new float[positions * frequencies.Length];
        for (var i = 0; i < table.Length; i++)
            table[i] = (float)function(i / frequencies.Length * frequencies[i % frequencies.Length]);
        return table;
    }
}
