using TrnEmu.Compiler.Quantisation;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Numerics;
using static TrnEmu.Tests.Compiler.Graph.Ops.OpCases;

namespace TrnEmu.Tests.Compiler.Graph.RandomGraphs;

/// <summary>Activations of 8 bits: a choice of the model, so that only the same values give the same results.</summary>
internal static class Narrow
{
    private static readonly DType[] Wide = [DType.Fp32, DType.Bf16, DType.Fp16];

    public static Known? Quantize(Draft draft)
    {
        var x = draft.FindOr(IsWide, () => draft.New(OneOf(draft.Random, Wide), draft.SmallShape()));
        var scale = (x.Largest > 0 ? x.Largest : 1) * (0.005 + draft.Random.NextDouble());
        var dtype = OneOf(draft.Random, ["fp8_e4m3", "fp8_e4m3fn", "fp8_e5m2"]);
        return draft.Add("quantize", [x], Rounding.None, new TrnEmu.Compiler.Graph.GraphAttribute("scale", scale).ToString(), $"dtype={dtype}");
    }

    public static Known? LinearMx(Draft draft)
    {
        var random = draft.Random;
        var (rows, inner, columns) = (random.Next(1, 40), random.Next(1, 200), random.Next(1, 50));
        var x = draft.New(OneOf(random, Wide), [rows, inner]);
        var name = OneOf(random, ["mxfp8", "mxfp4"]);
        var format = WeightFormat.All.First(f => f.Name == name);
        float[] values = [.. Enumerable.Range(0, inner * columns).Select(_ => random.NextSingle() - 0.5f)];
        var packed = MxPacking.Pack(
            QuantisedMatrix.Of(values, columns, format, MxScaleRule.Ocp), inner, columns, format.IsPairs);
        var w = draft.Given(
            format.Element, [MxPacking.Rows(inner), columns * (format.IsPairs ? 2 : 4)],
            Support.GraphBytes.Decode(format.Element, packed.Elements));
        var scale = draft.Given(
            DType.UInt8, [packed.Scales.Length / columns, columns], [.. packed.Scales.Select(s => (double)s)]);
        return draft.Add("linear_mx", [x, w, scale], Rounding.Once, $"dtype={draft.ResultType()}");
    }

    private static bool IsWide(Known x) => x.IsExact && Wide.Contains(x.Type.DType);
}
