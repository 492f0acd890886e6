using TrnEmu.Core.Isa.Operations.Tensor;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>
/// s = 0, then s = s + a b rounded once for partitions ascending and, inside one, packed elements 0 to 3, where a and b
/// are the exact products of elements and scales. Then s overwrites or is added.
/// </summary>
internal sealed class NcMatmulMxOracle : IOracle<NcMatmulMx>
{
    public void Run(NcMatmulMx o, OracleMachine machine)
    {
        var stationary = Microscaling.Read(machine, o.Stationary, o.StationaryScale);
        var moving = Microscaling.Read(machine, o.Moving, o.MovingScale);
        var (m, n) = (o.Dst.Partitions, (int)o.Dst.Free);
        var (adds, old) = (NcMatmulOracle.Adds(o.Accumulate, m * n), machine.Read(o.Dst));
        var results = new float[m * n];
        for (var row = 0; row < m; row++)
            for (var column = 0; column < n; column++)
            {
                var sum = Sum(stationary, moving, row, column);
                var i = row * n + column;
                results[i] = adds[i] ? old[i] + sum : sum;
            }

        machine.Write(o.Dst, results);
    }

    private static float Sum(double[,,] stationary, double[,,] moving, int row, int column)
    {
        var sum = 0f;
        for (var k = 0; k < stationary.GetLength(0); k++)
            for (var place = 0; place < Microscaling.Packed; place++)
                sum = ExactSum.Of(stationary[k, row, place] * moving[k, column, place], sum);
        return sum;
    }
}
