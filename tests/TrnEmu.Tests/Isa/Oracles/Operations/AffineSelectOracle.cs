using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

internal sealed class AffineSelectOracle : IOracle<AffineSelect>
{
    public void Run(AffineSelect o, OracleMachine machine)
    {
        var (to, from) = (o.Dst.DType, o.OnTrueTile.DType);
        var kept = machine.ReadBits(o.OnTrueTile);
        machine.Read(o.OnTrueTile);
        var indices = AffineIndex.Of(o.Pattern, o.Offset, o.ChannelMultiplier, o.Dst.Partitions);
        machine.WriteBits(o.Dst, indices.Select((index, i) =>
        {
            if (!Holds(o.CmpOp, index)) return machine.Encode(o.Dst, i, o.OnFalseValue);
            return to == from ? kept[i] : machine.Encode(o.Dst, i, Numbers.Decode(from, kept[i]));
        }).ToArray());
    }

    private static bool Holds(AluOp op, int index) => op switch
    {
        AluOp.Equal => index == 0,
        AluOp.NotEqual => index != 0,
        AluOp.GreaterEqual => index >= 0,
        AluOp.Greater => index > 0,
        AluOp.LessEqual => index <= 0,
        _ => index < 0,
    };
}
