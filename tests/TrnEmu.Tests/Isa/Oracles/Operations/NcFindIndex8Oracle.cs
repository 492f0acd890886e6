using TrnEmu.Core.Isa.Operations.Vector;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>
/// Values that are equal are paired with their places in ascending order (nki.isa.nc_match_replace8, which tells how
/// both pair duplicates); one without a place gets all ones.
/// </summary>
internal sealed class NcFindIndex8Oracle : IOracle<NcFindIndex8>
{
    public void Run(NcFindIndex8 o, OracleMachine machine)
    {
        var vals = machine.Read(o.Vals).Chunk((int)o.Vals.Free);
        var data = machine.Read(o.Data).Chunk((int)o.Data.Free);
        machine.WriteBits(o.Dst, vals.Zip(data, (v, row) => Pairing.Of(v, row, isFirstFirst: true))
            .SelectMany(places => places.Select(p => p < 0 ? uint.MaxValue : (uint)p)).ToArray());
    }
}
