using TrnEmu.Core.Isa.Operations.Vector;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>
/// Sets join one after the other by the update of Chan, Golub and LeVeque; empty ones do not. Each operation is rounded
/// to fp32.
/// </summary>
internal sealed class BnAggrOracle : IOracle<BnAggr>
{
    private const int SetSize = 3;

    public void Run(BnAggr o, OracleMachine machine) => machine.Write(o.Dst, machine.Read(o.Data)
        .Chunk((int)o.Data.Free)
        .SelectMany(row => Of([.. row.Chunk(SetSize).Select(s => (s[0], s[1], s[2]))])).ToArray());

    private static float[] Of((float Count, float Mean, float Spread)[] sets)
    {
        float n = 0, mean = 0, spread = 0;
        foreach (var set in sets.Where(s => s.Count != 0))
        {
            var distance = set.Mean - mean;
            var together = n + set.Count;
            var square = distance * distance;
            var both = n * set.Count;
            var weight = both / together;
            var between = square * weight;
            var part = set.Spread + between;
            spread += part;
            var share = set.Count / together;
            var step = distance * share;
            mean += step;
            n = together;
        }

        return [mean, spread / n];
    }
}
