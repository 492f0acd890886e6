using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Reports;
using TrnEmu.Sim;
using TrnEmu.Sim.Models;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Validation;

/// <summary>
/// A row made ready to be timed again and again: compiled and flattened once, since other numbers of a chip only price
/// it anew. Contents of HBM are never allocated.
/// </summary>
internal sealed class RowModel
{
    private readonly FlatStream _stream;

    /// <summary>Cycles of the array that the task's arithmetic takes at full use.</summary>
    private readonly double _usefulCycles;

    private RowModel(Measurement row, FlatStream stream, double usefulCycles)
    {
        Row = row;
        _stream = stream;
        _usefulCycles = usefulCycles;
    }

    /// <summary>What was measured.</summary>
    public Measurement Row { get; }

    /// <summary>What the row asks of a kernel.</summary>
    public static RunOptions OptionsOf(Measurement row) =>
        new() { Chip = row.Chip, Case = row.Case, Dims = row.Dims, DType = row.DType, Function = false };

    /// <summary>Compiles a row.</summary>
    /// <exception cref="TrnException">TRN1705: it does not compile, or data decide what it does.</exception>
    public static RowModel Build(Measurement row, Chip chip) => At(row, () =>
    {
        var options = OptionsOf(row);
        var isProgram = row.Kernel.EndsWith(".trn", StringComparison.Ordinal);
        IWorkload workload = isProgram
            ? ProgramWorkload.Load(row.Kernel, new RunOptions()) : KernelWorkload.Find(row.Kernel, options);
        var program = Emulator.Compile(workload, chip, options, null);
        var path = ExecutionPath.Static(program, options.MaxIterations)
            ?? throw Refuse(row, "data decide how often its loops run: only running it could tell");
        if (isProgram) Emulator.CheckUnexecuted(program, path);
        var straight = Unrolling.Unroll(program, path, options.MaxInstructions);
        return new RowModel(row, FlatStream.Build(straight, chip.Generation), UsefulCycles(workload, straight, chip));
    });

    /// <summary>Times it on a chip of its generation.</summary>
    public Timeline Time(Chip chip, ITimeObserver? observer = null) => At(Row, () =>
        TimePass.Run(PricedStream.Of(_stream, new ChipTimingModel(chip)), new TimeOptions { Observer = observer }));

    /// <summary>What the row's unit counts: one number, or one for each stage of a timeline.</summary>
    public double[] Predict(Chip chip) =>
        Row.Metric == Metric.Timeline ? PredictStages(chip) : [Value(Time(chip), chip)];

    /// <summary>A time in the row's unit.</summary>
    public double Value(Timeline timeline, Chip chip)
    {
        var us = Row.IncludesRuntime ? timeline.TimeWithRuntimeUs : timeline.TimeUs;
        var bytes = timeline.Cores.Sum(c => c.Dma.HbmBytesRead + c.Dma.HbmBytesWritten);
        var value = Row.Unit switch
        {
            "ns" => us * 1e3,
            "ms" => us / 1e3,
            "%" => 100 * _usefulCycles / (us * 1e3 * chip.Tensor.ClockGhz),
            "GB/s" => bytes / (us * 1e3),
            _ => us,
        };
        if (double.IsFinite(value) && value > 0) return value;
        throw Refuse(Row, $"{Row.Kernel} does nothing that counts: the prediction is no number of {Row.Unit}");
    }

    private double[] PredictStages(Chip chip)
    {
        var stages = new Stages(_stream.Program, new ChipTimingModel(chip));
        var timeline = Time(chip, stages);
        double[] predicted = [.. Row.Stages.Keys.Select(name => stages[name, timeline])];
        var absent = Array.FindIndex(predicted, double.IsNaN);
        if (absent < 0) return predicted;
        throw Refuse(Row, $"{Row.Kernel} has no stage {Row.Stages.Keys.ElementAt(absent)}");
    }

    private static double UsefulCycles(IWorkload workload, Program program, Chip chip)
    {
        if (workload.UsefulMacs is not { } useful) return 0;
        var done = ArrayUse.Of(program, chip);
        return done.Macs == 0 ? 0 : useful * done.FullRateCycles / done.Macs;
    }

    /// <summary>Says which row it was that could not be compiled or timed.</summary>
    private static T At<T>(Measurement row, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (TrnException e) when (e.Diagnostics[0].Code != ValidationCodes.Row)
        {
            const int Most = 8;
            DiagnosticNote[] notes =
                [.. e.Diagnostics.Take(Most).Select(d => new DiagnosticNote(d.Where, $"{d.Code.Id}: {d.Message}"))];
            throw new TrnException(e.Kind, Diagnostic.Error(
                ValidationCodes.Row, $"row {row.Id}: {row.Kernel} on {row.Chip} cannot be timed", row.Span, notes));
        }
    }

    private static TrnException Refuse(Measurement row, string message) =>
        new(FailureKind.BadInput, Diagnostic.Error(ValidationCodes.Row, $"row {row.Id}: {message}", row.Span));
}
