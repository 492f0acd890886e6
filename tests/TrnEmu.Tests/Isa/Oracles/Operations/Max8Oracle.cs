using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>Eight times the largest of what is left, by the order of the operator maximum: NaN over all, +0 over -0.</summary>
internal sealed class Max8Oracle : IOracle<Max8>
{
    private const int Places = 8;

    public void Run(Max8 o, OracleMachine machine) => machine.Write(o.Dst,
        machine.Read(o.Src).Chunk((int)o.Src.Free).SelectMany(Largest).ToArray());

    private static IEnumerable<float> Largest(float[] row)
    {
        var left = row.ToList();
        for (var i = 0; i < Places; i++)
        {
            var largest = left.Aggregate((a, b) => Alu.Exact(AluOp.Maximum, a, b));
            yield return largest;
            left.RemoveAt(left.FindIndex(x => IsSame(x, largest)));
        }
    }

    /// <summary>Equal, zeros with their signs; any NaN is as good as another.</summary>
    private static bool IsSame(float x, float y) =>
        float.IsNaN(x) ? float.IsNaN(y) : x == y && float.IsNegative(x) == float.IsNegative(y);
}
