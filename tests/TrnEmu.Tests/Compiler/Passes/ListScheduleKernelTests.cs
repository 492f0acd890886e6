using System.Globalization;
using System.Text;
using TrnEmu.Compiler.Kernels;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Kernels.Matmul;
using TrnEmu.Sim;
using TrnEmu.Sim.Models;
using TrnEmu.Tests.Kernels;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Compiler.Passes;

/// <summary>What a list schedule makes of the kernels: the same bits, no race, no longer time.</summary>
public sealed class ListScheduleKernelTests
{
    public static TheoryData<string> Names() =>
        [.. KernelRegistry.All(typeof(MatmulNaive).Assembly).Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Bits_are_those_of_program_order(string name)
    {
        foreach (var (chip, trace) in Traces(name).Select(t => (t.Chip, t.Trace)))
        {
            var options = new CompileOptions { Order = OperationOrder.List, Costs = new ChipCosts(chip) };
            var written = CompiledRun.Outputs(Pipeline.Compile(trace, chip), chip);
            Assert.Equal(written, CompiledRun.Outputs(Pipeline.Compile(trace, chip, options), chip));
            foreach (var list in Lists(trace, chip, options)) Assert.Equal(written, CompiledRun.Outputs(list, chip));
        }
    }

    [Fact]
    public void Times_relative_to_program_order_are_these()
    {
        var text = new StringBuilder();
        text.AppendLine("# kernel case: time with --schedule list over time in program order, by chip; in brackets that "
            + "of the list");
        text.AppendLine(
            "# schedules by age and by longest path, of which the fastest is taken if it is faster than program order");
        foreach (var kernel in KernelRegistry.All(typeof(MatmulNaive).Assembly))
        {
            foreach (var runs in Traces(kernel.Name).GroupBy(t => t.Case))
            {
                text.Append(CultureInfo.InvariantCulture, $"{kernel.Name} {runs.Key}:");
                foreach (var (_, chip, trace) in runs)
                    text.Append(CultureInfo.InvariantCulture, $" {chip.Name} {Ratio(trace, chip)}");
                text.AppendLine();
            }
        }

        Golden.Check("list-schedule.txt", text.ToString());
    }

    private static string Ratio(Program trace, Chip chip)
    {
        var options = new CompileOptions { Order = OperationOrder.List, Costs = new ChipCosts(chip) };
        double written = Time(Pipeline.Compile(trace, chip), chip);
        var taken = Time(Pipeline.Compile(trace, chip, options), chip) / written;
        Assert.InRange(taken, 0, 1);
        var lists = Lists(trace, chip, options).Select(l => Text(Time(l, chip) / written));
        return $"{Text(taken)} ({string.Join(' ', lists)})";
    }

    private static string Text(double ratio) => ratio.ToString("0.000", CultureInfo.InvariantCulture);

    private static long Time(Program program, Chip chip) =>
        TimePass.Run(KernelRun.Straight(program, chip), chip).Elapsed;

    /// <summary>The list schedule by each rule, whether it is taken or not.</summary>
    private static IEnumerable<Program> Lists(Program trace, Chip chip, CompileOptions options) =>
        Schedule.Lists(ChooseEngines.Run(trace, chip), chip, options)
            .Select(list => InsertSemaphores.Run(PlanDma.Run(Allocate.Run(list, chip), chip)));

    private static IEnumerable<(string Case, Chip Chip, Program Trace)> Traces(string name)
    {
        var kernel = KernelRegistry.All(typeof(MatmulNaive).Assembly).Find(name);
        foreach (var @case in kernel.Body.Cases)
        {
            foreach (var chip in Chip.Known.Select(Chip.Load).Where(kernel.RunsOn))
                yield return (@case.Name, chip, kernel.Trace(chip, kernel.Sizes(@case), @case.DType));
        }
    }
}
