using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>Two passes over the even elements and over the odd ones: the mean, then the squared distances from it.</summary>
internal sealed class BnStatsOracle : IOracle<BnStats>
{
    public void Run(BnStats o, OracleMachine machine) => machine.Write(o.Dst, machine.Read(o.Data)
        .Chunk((int)o.Data.Free)
        .SelectMany(row => Of([.. Every(row, 0)]).Concat(Of([.. Every(row, 1)]))).ToArray());

    private static IEnumerable<float> Every(float[] row, int first) => row.Where((_, i) => i % 2 == first);

    private static float[] Of(float[] values)
    {
        if (values.Length == 0) return [0, 0, 0];
        float count = values.Length;
        var mean = Reduction.Fold(AluOp.Add, values) / count;
        float[] squares = [.. values.Select(x => Square(x - mean))];
        return [count, mean, Reduction.Fold(AluOp.Add, squares)];
    }

    private static float Square(float x) => x * x;
}
