using TrnEmu.Bench.Compare.Baselines;
using TrnEmu.Bench.Host;
using TrnEmu.Core.Chips;

namespace TrnEmu.Bench.Compare.Rows;

/// <summary>A BERT-base layer of 512 tokens in bf16, executed under the observers of a run, and timed.</summary>
internal static class LayerRows
{
    private const int Tokens = 512;

    public static IEnumerable<Row> Of()
    {
        yield return new Row("BERT-base layer executed and timed, portable", Bound.AtLeast(1), "torch fp32", e => AgainstTorch(e, "fp32"));
        yield return new Row("BERT-base layer executed and timed, accelerated", Bound.AtLeast(1.3), "torch bf16", e => AgainstTorch(e, "bf16"));
    }

    private static Measurement AgainstTorch(Effort effort, string dtype)
    {
        if (!Torch.IsPresent) return Measurement.Missing(Torch.Description);
        var chip = Chip.Load("trn2");
        using var layer = new ExecutableProgram(BertLayer.Compile(chip), chip);
        return Interleaved.Faster(effort, Sampling.Cpu(effort, () => Run(layer)), Torch.Layer(dtype, Tokens));
    }

    private static void Run(ExecutableProgram layer)
    {
        layer.Execute();
        layer.Time();
    }
}
