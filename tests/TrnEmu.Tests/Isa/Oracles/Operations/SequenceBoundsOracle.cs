using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>
/// First the start of each element's segment for all elements, then one past its end; n and -1 where the id is 0.
/// </summary>
internal sealed class SequenceBoundsOracle : IOracle<SequenceBounds>
{
    public void Run(SequenceBounds o, OracleMachine machine)
    {
        var ids = Ids(o, machine);
        var n = ids.Length;
        var (starts, ends) = (new float[n], new float[n]);
        for (var i = 0; i < n; i++)
        {
            var isFirst = i == 0 || ids[i - 1] != ids[i];
            starts[i] = ids[i] == 0 ? n : isFirst ? i : starts[i - 1];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            var isLast = i == n - 1 || ids[i + 1] != ids[i];
            ends[i] = ids[i] == 0 ? -1 : isLast ? i + 1 : ends[i + 1];
        }

        machine.Write(o.Dst, [.. starts, .. ends]);
    }

    /// <summary>Integers as they are; fp32 could not tell large ones apart.</summary>
    private static double[] Ids(SequenceBounds o, OracleMachine machine)
    {
        var (values, dtype) = (machine.Read(o.SegmentIds), o.SegmentIds.DType);
        return dtype.IsInteger()
            ? [.. machine.ReadBits(o.SegmentIds).Select(bits => (double)Numbers.IntegerValue(dtype, bits))]
            : [.. values.Select(v => (double)v)];
    }
}
