using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>
/// op(data scale + bias), and the registers, to which the results are added one after the other: bounds of a sum are the
/// sums of the bounds, for rounded addition never decreases. Row p works on lane (physical start partition of the data)
/// + p.
/// </summary>
internal static class Activate
{
    public static void Run(
        OracleMachine machine, in AccessPattern dst, ActivationFunction op, in AccessPattern data,
        in ScalarOperand? bias, in ScalarOperand? scale, ReduceCommand command, AccessPattern? result)
    {
        var (rows, free) = (dst.Partitions, (int)dst.Free);
        var (factors, terms) = (machine.Read(scale, rows, absent: 1), machine.Read(bias, rows, absent: -0f));
        float[] arguments =
            [.. machine.Read(data).Select((x, i) => MathF.FusedMultiplyAdd(x, factors[i / free], terms[i / free]))];
        Ranges.Check(machine, op, arguments);
        float[][] values = [.. arguments.Select(x => Functions.Value(op, x))];
        machine.Write(dst, values);
        var first = machine.LaneOf(data);
        for (var p = 0; p < rows; p++)
        {
            ref var lane = ref machine.Sums[first + p];
            if (command is ReduceCommand.Reset or ReduceCommand.ResetReduce) lane = (0, 0);
            if (command is ReduceCommand.Idle or ReduceCommand.Reset) continue;
            foreach (var accepted in values[(p * free)..((p + 1) * free)])
                lane = (lane.Low + accepted.Min(), lane.High + accepted.Max());
        }

        if (result is not { } column) return;
        machine.Write(column, [.. machine.Sums[first..(first + rows)].Select(lane => new[] { lane.Low, lane.High })]);
    }
}
