using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Sim.Models;
using TrnEmu.Tests.Compiler.Graph.RandomGraphs;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Compiler.Passes;

/// <summary>Random graphs have the same bits in every stage of their compilation, whatever is chosen about it.</summary>
public sealed class RandomGraphPassTests
{
    private const int Cases = 25;

    /// <summary>Stages without addresses run in bytes of their own, the others where they are placed.</summary>
    [Fact]
    public void Every_pass_keeps_the_bits() => Property.ForAll(RandomGraph.Gen(), graph =>
    {
        var stages = new List<(string Name, Program Program)>();
        Pipeline.Compile(graph.Trace(), graph.Chip, new CompileOptions { AfterPass = (n, p) => stages.Add((n, p)) });
        Assert.Equal(Pipeline.Passes.Count + 1, stages.Count);
        var expected = ProgramRun.Virtual(graph, stages[0].Program);
        Assert.NotEmpty(expected);
        foreach (var (name, program) in stages.Skip(1))
        {
            var isPlaced = name is not ("choose-engines" or "schedule");
            Same(expected, isPlaced ? ProgramRun.Placed(graph, program) : ProgramRun.Virtual(graph, program), name);
        }

        Same(expected, ProgramRun.Whole(graph, stages[^1].Program), "with checks");
    }, Cases);

    [Fact]
    public void A_list_schedule_keeps_the_bits() => Property.ForAll(RandomGraph.Gen(), graph =>
    {
        var (trace, chip) = (graph.Trace(), graph.Chip);
        var options = new CompileOptions { Order = OperationOrder.List, Costs = new ChipCosts(chip) };
        var expected = ProgramRun.Virtual(graph, trace);
        Same(expected, ProgramRun.Whole(graph, Pipeline.Compile(trace, chip, options)), "list");
        foreach (var list in Schedule.Lists(ChooseEngines.Run(trace, chip), chip, options))
        {
            var placed = Allocate.Run(list, chip);
            Same(expected, ProgramRun.Whole(graph, InsertSemaphores.Run(PlanDma.Run(placed, chip))), "a list");
        }
    }, Cases);

    [Fact]
    public void Addresses_that_do_not_rotate_keep_the_bits() => Property.ForAll(RandomGraph.Gen(), graph =>
    {
        var trace = graph.Trace();
        var program = Pipeline.Compile(trace, graph.Chip, new CompileOptions { Rotate = false });
        Same(ProgramRun.Virtual(graph, trace), ProgramRun.Whole(graph, program), "without rotation");
    }, Cases);

    [Fact]
    public void Spills_keep_the_bits()
    {
        var spills = 0;
        Property.ForAll(RandomGraph.Gen(), graph =>
        {
            var trace = graph.Trace();
            var need = MemoryPeaks.Of(Pipeline.Compile(trace, graph.Chip), graph.Chip).SbufBytesPerPartition;
            var expected = ProgramRun.Virtual(graph, trace);
            foreach (var part in (double[])[0.9, 0.6, 0.4])
            {
                var chip = Chip.Load(
                    graph.Chip.Name, [new("sbuf_bytes_per_partition", Math.Max(64, (long)(need * part) / 64 * 64))]);
                if (Small(trace, chip) is not { } program) continue;
                spills++;
                Same(expected, ProgramRun.Whole(graph, program, chip), $"in an SBUF of {part} of what it needs");
            }
        }, Cases);
        Assert.True(spills > 0);
    }

    /// <summary>The program if it fits with spills, else null.</summary>
    private static Program? Small(Program trace, Chip chip)
    {
        var isSpilled = false;
        try
        {
            var program = Pipeline.Compile(trace, chip, new CompileOptions { Spilled = _ => isSpilled = true });
            return isSpilled ? program : null;
        }
        catch (TrnException e) when (e.Diagnostics[0].Code == PassCodes.Capacity)
        {
            return null;
        }
    }

    private static void Same(
        SortedDictionary<string, byte[]> expected, SortedDictionary<string, byte[]> actual, string stage)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        foreach (var (name, bytes) in expected)
            Assert.True(bytes.AsSpan().SequenceEqual(actual[name]), $"{name} has other bits {stage}");
    }
}
