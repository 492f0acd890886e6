using TrnEmu.Bench.Host;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Sim;
using TrnEmu.Sim.Observers;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Bench.Compare.Rows;

/// <summary>Passes that never look at data, over a BERT-base layer, from the program on: streams and prices included.</summary>
internal static class TimingRows
{
    private const string Unit = "M instr/s";

    public static IEnumerable<Row> Of()
    {
        yield return new Row("timing pass of a BERT layer", Bound.AtLeast(10, Unit), "", e => Measure(e, p => p, Time));
        yield return new Row(
            "the same with dependences and race detection", Bound.AtLeast(6, Unit), "", e => Measure(e, p => p, (p, c) =>
            {
                RaceObserver.Check(p);
                Time(p, c);
            }));
        yield return new Row("timing pass of a BERT layer without DMA", Bound.AtLeast(25, Unit), "", e => Measure(e, BertLayer.WithoutDma, Time));
    }

    private static void Time(Program program, Chip chip) => TimePass.Run(program, chip);

    private static Measurement Measure(Effort effort, Func<Program, Program> change, Action<Program, Chip> pass)
    {
        var chip = Chip.Load("trn2");
        var program = change(BertLayer.Compile(chip));
        var stream = FlatStream.Build(program, chip.Generation);
        var seconds = Interleaved.Seconds(effort, Sampling.Cpu(effort, () => pass(program, chip)));
        return Measurement.Of(
            seconds.Per(stream.EngineInstructions / 1e6),
            $"{stream.EngineInstructions} engine instructions of {stream.Entries} operations in {Interleaved.Text(seconds.Median)}");
    }
}
