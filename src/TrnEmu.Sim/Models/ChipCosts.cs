using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Sim.Models;

/// <summary>A timing model's prices by operation, for the passes of the compiler.</summary>
public sealed class ChipCosts(ITimingModel model) : IOperationCosts
{
    private readonly ExpansionSink _sink = new();

    /// <summary>The prices of a chip.</summary>
    public ChipCosts(Chip chip) : this(new ChipTimingModel(chip))
    {
    }

    /// <inheritdoc/>
    public OperationCost Of(Program program, in Entry entry)
    {
        _sink.Begin(program, entry.Engine, model.Generation);
        entry.Operation.Expand(_sink);
        var cost = OfInstructions(entry.Engine);
        return _sink.Transfer is { } transfer ? OfTransfer(transfer, entry.Engine, cost) : cost;
    }

    /// <inheritdoc/>
    public long Elapsed(Program program)
    {
        var straight = ExecutionPath.IsNeeded(program)
            ? Unrolling.Unroll(program, ExecutionPath.Short(program)) : program;
        return TimePass.Run(FlatStream.Build(straight, model.Generation), model).Elapsed;
    }

    /// <summary>
    /// Its instructions one after the other, but for a stationary matrix, which loads behind the products before it.
    /// </summary>
    private OperationCost OfInstructions(Engine engine)
    {
        long end = 0, completed = 0, load = 0, tableLoad = 0;
        byte table = 0;
        foreach (ref readonly var instruction in _sink.Instructions)
        {
            var price = model.Instruction(engine, instruction, instruction.Table);
            if (instruction.Class == CostClass.LoadStationary)
            {
                load += price.Occupancy;
                continue;
            }

            completed = Math.Max(completed, end + price.Latency);
            end += price.Occupancy;
            if (instruction.Table == 0 || instruction.Table == table) continue;
            table = instruction.Table;
            tableLoad = model.Instruction(engine, instruction, 0).Occupancy - price.Occupancy;
        }

        var hidden = Math.Max(0, load - end);
        return new OperationCost(end + hidden, completed + hidden + model.Times.Semaphore, 0, table, tableLoad);
    }

    private OperationCost OfTransfer(in DmaTransfer transfer, Engine engine, in OperationCost trigger)
    {
        var times = model.Times;
        var share = model.Share(transfer, LargestShare(transfer.Rows));
        var generation = times.Generates(transfer) ? times.Generation : 0;
        var bytes = transfer.Rows * transfer.RowBytes;
        var ports = Math.Max(
            transfer.HbmReadOf(bytes) * times.CoreReadPerByte, transfer.HbmWrittenOf(bytes) * times.CoreWritePerByte);
        return new OperationCost(
            trigger.Occupancy,
            generation + times.TriggerToPacket[(int)engine] + Math.Max(share.Latency, (long)ports)
                + times.DmaEndToEngine,
            Math.Max(generation, Math.Max(share.Occupancy, (long)ports)));
    }

    /// <summary>
    /// Rows of the DMA engine that has most: engine e moves partitions 8e to 8e + 7, and so on from 128.
    /// </summary>
    private static int LargestShare(int rows) => Math.Min(
        rows, (rows + Limits.Partitions - 1) / Limits.Partitions * Limits.PartitionsPerDmaEngine);
}
