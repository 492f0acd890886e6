using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>
/// op((data op0 imm0) op1 imm1), each operator rounded by itself. What the accumulate registers take are the results
/// before they are rounded to dst's dtype, in order: register = reduce_op(register, result).
/// </summary>
internal sealed class Activate2Oracle : IOracle<Activate2>
{
    public void Run(Activate2 o, OracleMachine machine)
    {
        var (rows, free) = (o.Data.Partitions, (int)o.Data.Free);
        var (first, second) = (machine.Read(o.Imm0, rows), machine.Read(o.Imm1, rows));
        var slope = machine.Read(o.ReluParam, rows);
        float[] arguments = [.. machine.Read(o.Data).Select((x, i) =>
            Apply(o.Op1, Apply(o.Op0, x, first[i / free], o.Reverse0), second[i / free], o.Reverse1))];
        Ranges.Check(machine, o.Op, arguments);
        float[][] values = [.. arguments.Select((x, i) => Functions.Value(o.Op, x, slope[i / free]))];
        machine.Write(o.Dst, values);
        var lane = machine.LaneOf(o.Data);
        for (var row = 0; row < rows; row++) Update(o, ref machine.Sums[lane + row], values[(row * free)..][..free]);
        if (o.ReduceRes is { } column)
        {
            machine.Write(column, Enumerable.Range(lane, rows)
                .Select(p => new[] { machine.Sums[p].Low, machine.Sums[p].High }).ToArray());
        }
    }

    private static float Apply(AluOp op, float x, float y, bool reverse)
    {
        if (op == AluOp.Bypass) return x;
        return reverse ? Alu.Exact(op, y, x) : Alu.Exact(op, x, y);
    }

    private static void Update(Activate2 o, ref (float Low, float High) register, float[][] values)
    {
        var op = o.ReduceOp ?? AluOp.Add;
        if (o.ReduceCmd is ReduceCommand.Reset or ReduceCommand.ResetReduce)
            register = (Identity(op), Identity(op));
        if (o.ReduceCmd is not (ReduceCommand.Reduce or ReduceCommand.ResetReduce)) return;
        foreach (var value in values)
        {
            float[] results = [.. new[] { register.Low, register.High }
                .SelectMany(_ => value, (r, v) => Alu.Exact(op, r, v))];
            register = Bounds.Of(results);
        }
    }

    private static float Identity(AluOp op) => op switch
    {
        AluOp.Maximum => float.NegativeInfinity,
        AluOp.Minimum or AluOp.AbsMin => float.PositiveInfinity,
        _ => 0,
    };
}
