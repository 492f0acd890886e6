using TrnEmu.Bench.Compare.Baselines;
using TrnEmu.Bench.Host;

namespace TrnEmu.Bench.Compare.Rows;

/// <summary>A BERT-base layer of 512 tokens in bf16, executed under the observers of a run, and timed.</summary>
internal static class LayerRows
{
    public static IEnumerable<Row> Of()
    {
        yield return new Row("BERT layer executed and timed, portable", Bound.AtLeast(1), "torch fp32", e => AgainstTorch(e, ArrayPath.Portable, "fp32"));
        yield return new Row("BERT layer executed and timed, accelerated", Bound.AtLeast(1.3), "torch bf16", e => AgainstTorch(e, ArrayPath.Accelerated, "bf16"));
        yield return new Row("BERT layer, accelerated, against ONNX Runtime", Bound.AtLeast(1), "ONNX Runtime fp32", AgainstOnnxRuntime);
    }

    private static Measurement AgainstTorch(Effort effort, ArrayPath path, string dtype) => Torch.IsPresent
        ? ArrayPaths.On(path, () => Against(effort, Torch.Layer(dtype, BertLayer.Tokens)))
        : Measurement.Missing(Torch.Description);

    private static Measurement AgainstOnnxRuntime(Effort effort)
    {
        if (!OnnxRuntime.IsPresent) return Measurement.Missing(OnnxRuntime.Description);
        return ArrayPaths.On(ArrayPath.Accelerated, () => Against(effort, Sampling.Cpu(effort, OnnxRuntime.Layer(BertLayer.Tokens))));
    }

    private static Measurement Against(Effort effort, Timed baseline)
    {
        using var layer = new OneLayer();
        layer.Compile();
        var (run, execute, time) = (Sampling.Cpu(effort, layer.Run), Sampling.Cpu(effort, layer.Execute), Sampling.Cpu(effort, () => layer.Time()));
        var result = (Measured)Interleaved.Faster(effort, run, baseline);
        var parts = $"executed without observers {Of(execute)}, timed {Of(time)}, race detection {Of(Sampling.Cpu(effort, layer.RaceDetection))}";
        return result.With(parts);

        static string Of(Timed part) => Interleaved.Text(Interleaved.Seconds(Effort.Quick, part).Median);
    }
}
