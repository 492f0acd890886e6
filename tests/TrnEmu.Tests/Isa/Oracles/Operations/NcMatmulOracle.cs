using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Tensor;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>
/// The product, then overwriting or adding to each element; from generation 3 transpose mode moves bits.
/// </summary>
internal sealed class NcMatmulOracle : IOracle<NcMatmul>
{
    public void Run(NcMatmul operation, OracleMachine machine)
    {
        if (operation.IsTranspose && machine.Generation > 2)
        {
            DemandIdentity(machine.Read(operation.Moving), operation.Moving.Partitions);
            Transposition.Move(machine, operation.Dst, operation.Stationary, isWide: true);
            return;
        }

        var sums = Product.Of(machine.Read(operation.Stationary), machine.Read(operation.Moving),
            operation.Moving.Partitions, operation.PerfMode == MatmulPerfMode.DoubleRow ? 2 : 1);
        var adds = Adds(operation.Accumulate, sums.Length);
        var old = machine.Read(operation.Dst);
        for (var i = 0; i < sums.Length; i++)
        {
            if (adds[i]) sums[i] = old[i] + sums[i];
        }

        machine.Write(operation.Dst, sums);
    }

    private static void DemandIdentity(float[] moving, int size)
    {
        for (var i = 0; i < moving.Length; i++)
        {
            if (moving[i] != (i / size == i % size ? 1 : 0)) throw new OracleFault(TensorCodes.NotIdentity);
        }
    }

    public static bool[] Adds(Accumulation accumulate, int elements)
    {
        var adds = new bool[elements];
        if (accumulate.Kind == AccumulationKind.Add) Array.Fill(adds, true);
        if (accumulate.Kind != AccumulationKind.Mixed) return adds;
        var element = 0;
        for (var run = 0; run < accumulate.Runs.Count; run++)
        {
            for (var i = 0; i < accumulate.Runs[run]; i++) adds[element++] = run % 2 == 1;
        }

        return adds;
    }
}
