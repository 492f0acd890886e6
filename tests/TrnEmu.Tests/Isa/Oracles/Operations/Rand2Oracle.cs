using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.GpSimd;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>min + (max - min) u, each operation rounded to fp32.</summary>
internal sealed class Rand2Oracle : IOracle<Rand2>
{
    public void Run(Rand2 o, OracleMachine machine)
    {
        var (rows, free) = (o.Dst.Partitions, (int)o.Dst.Free);
        var (min, max) = (machine.Read(o.Min, rows), machine.Read(o.Max, rows));
        machine.Write(o.Dst, RandomDraws.Of(machine, Engine.Vector, o.Dst).Select((bits, i) =>
        {
            var range = max[i / free] - min[i / free];
            var part = range * RandomDraws.Fraction(bits);
            return min[i / free] + part;
        }).ToArray());
    }
}
