using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>
/// The Vector engine's accumulate registers, one a lane: the bounds of each, or nothing where its value is undefined.
/// Row p of an operation works on the lane that lies at the physical partition of row p of its data.
/// </summary>
internal sealed class VectorSums(OracleMachine machine)
{
    /// <summary>Undefined at the start of a run, and after an operation with reduce_cmd idle.</summary>
    public (float Low, float High)?[] Lanes { get; } = new (float, float)?[Limits.Partitions];

    /// <summary>
    /// What reduce_cmd does before the elements come: nothing, the operator's identity, or the values to load.
    /// </summary>
    public void Start(in AccessPattern data, ReduceCommand command, AluOp op, ScalarOperand? initial)
    {
        var loaded = machine.Read(command == ReduceCommand.LoadReduce ? initial : null, data.Partitions);
        for (var row = 0; row < data.Partitions; row++)
        {
            ref var lane = ref Lane(data, row);
            lane = command switch
            {
                ReduceCommand.Idle => null,
                ReduceCommand.Reduce => lane,
                ReduceCommand.LoadReduce => (loaded[row], loaded[row]),
                _ => (Identity(op), Identity(op)),
            };
        }
    }

    /// <summary>
    /// register = register op value, or value op register, for the values of one row in order when the command reduces;
    /// the register after each.
    /// </summary>
    /// <exception cref="OracleFault">The register is undefined.</exception>
    public (float Low, float High)[] Take(
        in AccessPattern data, int row, ReduceCommand command, AluOp op, IEnumerable<float[]> values,
        bool isValueFirst = false)
    {
        if (command is ReduceCommand.Idle or ReduceCommand.Reset) return [];
        var steps = new List<(float Low, float High)>();
        ref var lane = ref Lane(data, row);
        foreach (var value in values)
        {
            var (low, high) = lane ?? throw new OracleFault(FaultCodes.UndefinedAccumulator);
            var (least, most) = Bounds.Of(value);
            lane = (Step(op, low, least, isValueFirst), Step(op, high, most, isValueFirst));
            steps.Add(lane.Value);
        }

        return [.. steps];
    }

    /// <summary>Writes the registers of the data's lanes to a column, if there is one.</summary>
    /// <exception cref="OracleFault">A register is undefined.</exception>
    public void Write(in AccessPattern data, in AccessPattern? column, bool negate = false)
    {
        if (column is not { } dst) return;
        var values = new float[data.Partitions][];
        for (var row = 0; row < data.Partitions; row++)
        {
            var (low, high) = Lane(data, row) ?? throw new OracleFault(FaultCodes.UndefinedAccumulator);
            values[row] = negate ? [-high, -low] : [low, high];
        }

        machine.Write(dst, values);
    }

    private static float Step(AluOp op, float register, float value, bool isValueFirst) =>
        isValueFirst ? Alu.Exact(op, value, register) : Alu.Exact(op, register, value);

    private static float Identity(AluOp op) => op switch
    {
        AluOp.Multiply => 1,
        AluOp.Maximum => float.NegativeInfinity,
        AluOp.Minimum => float.PositiveInfinity,
        _ => 0,
    };

    private ref (float Low, float High)? Lane(in AccessPattern data, int row) => ref Lanes[machine.LaneOf(data) + row];
}
