using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Sim.Models;

namespace TrnEmu.Tests.Sim;

/// <summary>
/// Start and end of every entry in program order, straight from the definition: no events. Right where one queue,
/// triggered by one engine, holds all DMA, for then nothing is decided by who comes first.
/// </summary>
internal static class MaxPlusOracle
{
    public static (long[] Start, long[] End, long[] Seen) Run(
        IReadOnlyList<(Step Step, int[] After)> steps, ITimingModel model)
    {
        var (start, end, seen) = (new long[steps.Count], new long[steps.Count], new long[steps.Count]);
        var free = new long[6];
        var completed = new long[6];
        var (arrayTaken, woken, generator, arrival, dmaFree) = (0L, 0L, 0L, 0L, new long[16]);
        for (var i = 0; i < steps.Count; i++)
        {
            var (step, after) = steps[i];
            var engine = (int)step.Engine;
            var ready = after.Select(a => seen[a] - Overlap(model, steps[a].Step, step)).DefaultIfEmpty(0).Max();
            if (step.Operation is TestMatmul matmul)
            {
                var (stationary, moving) = (matmul.Stationary, matmul.Moving);
                var load = model.Instruction(step.Engine, new(CostClass.LoadStationary, stationary, matmul.DType), 0);
                var move = model.Instruction(step.Engine, new(CostClass.MultiplyMoving, moving, matmul.DType), 0);
                woken = Math.Max(woken, ready);
                start[i] = Math.Max(arrayTaken, woken);
                var loaded = Math.Max(start[i] + load.Occupancy, woken + load.Latency);
                arrayTaken = Math.Max(free[engine], loaded);
                free[engine] = arrayTaken + move.Occupancy;
                end[i] = Math.Max(Math.Max(completed[engine], loaded), arrayTaken + move.Latency);
            }
            else
            {
                var work = step.Operation is TestWork compute
                    ? compute.Instruction : new Instruction(CostClass.DmaTrigger, 1, Core.Numerics.DType.Bf16);
                var price = model.Instruction(step.Engine, work, 0);
                start[i] = Math.Max(free[engine], ready);
                free[engine] = start[i] + price.Occupancy;
                end[i] = Math.Max(completed[engine], start[i] + price.Latency);
            }

            completed[engine] = end[i];
            seen[i] = end[i] + model.Times.Semaphore;
            if (step.Operation is not TestDma dma) continue;
            var (begun, packet) = (start[i], model.Times.TriggerToPacket[engine]);
            if (model.Times.GeneratesByDefault)
            {
                begun = Math.Max(generator, begun);
                generator = begun + model.Times.Generation;
                packet = step.Engine == Engine.GpSimd
                    ? Math.Max(packet, model.Times.Generation) : packet + model.Times.Generation;
            }

            arrival = Math.Max(arrival, begun + packet);
            var written = 0L;
            for (var e = 0; e < 16; e++)
            {
                var partitions = Enumerable.Range(dma.Transfer.StartPartition, dma.Transfer.Rows);
                var rows = partitions.Count(p => p / 8 % 16 == e);
                var share = model.Share(dma.Transfer, rows);
                var begin = Math.Max(dmaFree[e], arrival);
                dmaFree[e] = begin + share.Occupancy;
                if (model.Times.OrdersWrites && rows > 0) dmaFree[e] = Math.Max(dmaFree[e], begin + share.Latency);
                written = Math.Max(written, begin + share.Latency);
            }

            end[i] = written;
            seen[i] = written + model.Times.DmaEndToEngine;
        }

        return (start, end, seen);
    }

    /// <summary>How much of its own result an engine that computes element by element need not wait for.</summary>
    public static long Overlap(ITimingModel model, Step producer, Step consumer) =>
        producer.Engine == consumer.Engine && producer.Operation is TestWork first
            && consumer.Operation is TestWork second
            ? Math.Min(
                model.Instruction(producer.Engine, first.Instruction, 0).Stream,
                model.Instruction(consumer.Engine, second.Instruction, 0).Stream)
            : 0;
}
