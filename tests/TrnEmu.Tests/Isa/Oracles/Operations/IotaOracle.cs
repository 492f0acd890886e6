using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>Indices saturate to integers; floats get them through fp32 (Rows.StoreInt).</summary>
internal sealed class IotaOracle : IOracle<Iota>
{
    public void Run(Iota o, OracleMachine machine)
    {
        var dtype = o.Dst.DType;
        var indices = AffineIndex.Of(o.Pattern, o.Offset, o.ChannelMultiplier, o.Dst.Partitions);
        machine.WriteBits(o.Dst, indices.Select((value, i) => machine.Encode(
            o.Dst, i, dtype.IsInteger() ? (double)value : Numbers.Decode(DType.Int32, (uint)value))).ToArray());
    }
}
