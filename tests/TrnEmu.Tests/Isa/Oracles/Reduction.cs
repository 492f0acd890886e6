using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>
/// Folds a row in the order that Elementwise.Reduce states: lane j of 16 starts at the identity and takes elements j,
/// j + 16, …; then lanes j and j + 8 are combined, j and j + 4, j and j + 2, j and j + 1.
/// </summary>
internal static class Reduction
{
    private const int Lanes = 16;

    public static float Fold(AluOp op, ReadOnlySpan<float> row)
    {
        var lanes = new float[Lanes];
        Array.Fill(lanes, Identity(op));
        for (var i = 0; i < row.Length; i++) lanes[i % Lanes] = Alu.Exact(op, lanes[i % Lanes], row[i]);
        for (var step = Lanes / 2; step > 0; step /= 2)
        {
            for (var j = 0; j < step; j++) lanes[j] = Alu.Exact(op, lanes[j], lanes[j + step]);
        }

        return lanes[0];
    }

    /// <summary>The same for operators on bits, where no order can be told from another.</summary>
    public static uint Fold(AluOp op, ReadOnlySpan<uint> row)
    {
        var result = row[0];
        foreach (var bits in row[1..]) result = Alu.Bits(op, result, bits);
        return result;
    }

    private static float Identity(AluOp op) => op switch
    {
        AluOp.Multiply or AluOp.LogicalAnd => 1,
        AluOp.Maximum => float.NegativeInfinity,
        AluOp.Minimum => float.PositiveInfinity,
        _ => 0,
    };
}
