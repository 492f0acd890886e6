using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>
/// op(data scale + bias), and the registers: bounds of a sum are the sums of the bounds, for rounded addition never
/// decreases. Row p works on lane (start partition of the data) + p.
/// </summary>
internal static class Activate
{
    public static void Run(
        OracleMachine machine, in AccessPattern dst, ActivationFunction op, in AccessPattern data,
            in ScalarOperand? bias,
        in ScalarOperand? scale, ReduceCommand command, AccessPattern? result)
    {
        var (rows, free) = (dst.Partitions, (int)dst.Free);
        var (factors, terms) = (machine.Read(scale, rows, absent: 1), machine.Read(bias, rows, absent: -0f));
        var values = machine.Read(data)
            .Select((x, i) => Functions.Value(op, MathF.FusedMultiplyAdd(x, factors[i / free], terms[i / free])))
                .ToArray();
        machine.Write(dst, values);
        for (var p = 0; p < rows; p++)
        {
            var row = values[(p * free)..((p + 1) * free)];
            ref var lane = ref machine.Sums[data.StartPartition + p];
            lane = Updated(lane, command, row);
        }

        if (result is not { } column) return;
        var first = data.StartPartition;
        machine.Write(column,
            Enumerable.Range(first, rows).Select(p => new[] { machine.Sums[p].Low, machine.Sums[p].High }).ToArray());
    }

    private static (float Low, float High) Updated((float Low, float High) lane, ReduceCommand command, float[][] row)
    {
        if (command == ReduceCommand.Idle) return lane;
        if (command == ReduceCommand.Reset) return (0, 0);
        var (low, high) = (Sum(row, v => v.Min()), Sum(row, v => v.Max()));
        return command == ReduceCommand.Reduce ? (lane.Low + low, lane.High + high) : (low, high);
    }

    private static float Sum(float[][] row, Func<float[], float> bound) =>
        Reduction.Fold(AluOp.Add, [.. row.Select(bound)]);
}
