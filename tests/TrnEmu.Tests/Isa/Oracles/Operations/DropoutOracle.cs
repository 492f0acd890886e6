using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.GpSimd;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>Zero where the fraction is below the probability; other elements keep their bits.</summary>
internal sealed class DropoutOracle : IOracle<Dropout>
{
    public void Run(Dropout o, OracleMachine machine)
    {
        var free = (int)o.Data.Free;
        var (data, odds) = (machine.ReadBits(o.Data), machine.Read(o.Prob, o.Data.Partitions));
        machine.See(o.Data);
        machine.WriteBits(o.Dst, RandomDraws.Of(machine, Engine.Vector, o.Data)
            .Select((bits, i) => RandomDraws.Fraction(bits) < odds[i / free] ? 0 : data[i]).ToArray());
    }
}
