using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Compiler.Kernels;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Kernels.Attention;
using TrnEmu.Kernels.Linear;

namespace TrnEmu.Tests.Kernels;

/// <summary>
/// Factors of different dtypes meet in the wider one: an fp32 output is as exact as if all were fp32, on every chip.
/// </summary>
public sealed class MixedTypesTests
{
    [Theory]
    [InlineData(DType.Fp32, DType.Bf16)]
    [InlineData(DType.Bf16, DType.Fp32)]
    [InlineData(DType.Fp16, DType.Fp32)]
    public void A_linear_layer_takes_weights_of_another_type(DType activations, DType weights) =>
        Check(new Linear(), ("T", 5), (k, s) => Linear.Emit(
            k, k.Output("y", DType.Fp32, [s["T"], s["O"]]), k.Input("x", activations, [s["T"], s["I"]]),
            k.Input("w", weights, [s["I"], s["O"]])));

    [Theory]
    [InlineData(DType.Fp32, DType.Bf16, DType.Bf16)]
    [InlineData(DType.Bf16, DType.Fp32, DType.Bf16)]
    [InlineData(DType.Bf16, DType.Bf16, DType.Fp32)]
    public void Attention_takes_a_cache_of_another_type(DType queries, DType keys, DType values) =>
        Check(new Attention(), ("T", 3), (k, s) =>
        {
            var (rows, width, heads) = (s["P"] + s["T"] + s["R"], s["K"] * s["D"], s["K"] * s["G"]);
            var y = k.Output("y", DType.Fp32, [s["T"], width * s["G"]]);
            var q = k.Input("q", queries, y.Shape);
            var (left, right) = (k.Input("keys", keys, [rows, width]), k.Input("values", values, [rows, width]));
            var numbers = k.Input("numbers", DType.Int32, [rows, 1], new TensorContent(ContentKind.Iota));
            var position = numbers[s["P"]..(s["P"] + 1)];
            var scale = 1 / MathF.Sqrt(s["D"]);
            Attention.Emit(k, y, q, left, right, position, heads, s["K"], scale);
        });

    private static void Check(IKernel kernel, (string, int) size, Action<KernelBuilder, Sizes> build)
    {
        var mixed = new Kernel("mixed", "", new Rebuilt(kernel, build));
        foreach (var chip in Chip.Known.Select(Chip.Load))
            KernelRun.Check(mixed, mixed.Sizes(mixed.Case(), size), DType.Fp32, chip);
    }

    /// <summary>A kernel with other tensors than its own.</summary>
    private sealed class Rebuilt(IKernel kernel, Action<KernelBuilder, Sizes> build) : IKernel
    {
        public IReadOnlyList<Dimension> Dimensions => kernel.Dimensions;

        public IReadOnlyList<KernelCase> Cases => kernel.Cases;

        public void Build(KernelBuilder k, Sizes sizes, DType dtype) => build(k, sizes);

        public void Reference(Sizes sizes, ReferenceData data) => kernel.Reference(sizes, data);
    }
}
