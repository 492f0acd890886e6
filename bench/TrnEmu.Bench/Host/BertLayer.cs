using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Kernels.Attention;
using TrnEmu.Kernels.LayerNorm;
using TrnEmu.Kernels.Linear;
using TrnEmu.Kernels.Mlp;

namespace TrnEmu.Bench.Host;

/// <summary>
/// Layers of BERT-base in bf16: width 768 in 12 heads, 3072 hidden features, results normalised after each residual.
/// Every token sees every other.
/// </summary>
internal static class BertLayer
{
    /// <summary>Tokens where nothing else is said.</summary>
    public const int Tokens = 512;

    private const int Width = 768, Hidden = 3072, Heads = 12;
    private const float Scale = 0.125f, Epsilon = 1e-12f;

    /// <summary>The layers as the machine runs them, each with weights of its own.</summary>
    public static Program Compile(Chip chip, int tokens = Tokens, int layers = 1)
    {
        var k = new KernelBuilder(chip);
        var x = k.Input("x", DType.Bf16, [tokens, Width]);
        for (var layer = 0; layer < layers; layer++)
        {
            var isLast = layer == layers - 1;
            var y = isLast ? k.Output("y", DType.Bf16, [tokens, Width]) : Rows(k, $"y{layer}", tokens);
            Emit(k, layers == 1 ? "" : $"_{layer}", y, x);
            x = y;
        }

        return Pipeline.Compile(k.Build(), chip);
    }

    /// <summary>Multiplications that a layer needs: its matrices and both products of attention.</summary>
    public static double Macs(int tokens) =>
        (double)tokens * (4 * Width * Width + 2 * Width * Hidden + 2 * tokens * Width);

    /// <summary>
    /// A program without its DMA operations, and without the waits for them: what the engines do when all data are
    /// there.
    /// </summary>
    public static Program WithoutDma(Program program)
    {
        var gone = new HashSet<Semaphore>();
        foreach (var entry in program.Cores[0].Entries)
        {
            if (entry.Operation.Info.Attribute.IsDma) gone.UnionWith(entry.Signals.Select(s => s.Semaphore));
        }

        Entry[] kept =
        [
            .. program.Cores[0].Entries.Where(e => !e.Operation.Info.Attribute.IsDma)
                .Select(e => e with { Waits = [.. e.Waits.Where(w => !gone.Contains(w.Semaphore))] }),
        ];
        return program with { Cores = [new CoreProgram { Entries = EquatableArray.Create<Entry>(kept) }] };
    }

    private static void Emit(KernelBuilder k, string layer, TensorView y, TensorView x)
    {
        var tokens = x.Shape[0];
        var (query, keys, values) = (Project("query"), Project("keys"), Project("values"));
        var mixed = Rows(k, "mixed" + layer, tokens);
        var position = k.Input(
            "positions" + layer, DType.Int32, [tokens, 1], new TensorContent(ContentKind.Iota))[(tokens - 1)..];
        Attention.Emit(k, mixed, query, keys, values, position, Heads, Heads, Scale);
        var attended = Rows(k, "attended" + layer, tokens);
        Linear.Emit(k, attended, mixed, Matrix("w_out", Width, Width), Vector("b_out", Width), residual: x);
        var normal = Rows(k, "normal" + layer, tokens);
        LayerNorm.Emit(k, normal, attended, Vector("gamma1", Width), Vector("beta1", Width), Epsilon);
        var raised = Rows(k, "raised" + layer, tokens);
        Mlp.Emit(
            k, raised, normal, Matrix("up", Width, Hidden), Matrix("down", Hidden, Width), ActivationFunction.Gelu,
            Vector("b_up", Hidden), Vector("b_down", Width), residual: normal);
        LayerNorm.Emit(k, y, raised, Vector("gamma2", Width), Vector("beta2", Width), Epsilon);

        TensorView Project(string name)
        {
            var result = Rows(k, name + layer, tokens);
            Linear.Emit(k, result, x, Matrix($"w_{name}", Width, Width), Vector($"b_{name}", Width));
            return result;
        }

        TensorView Matrix(string name, int rows, int columns) => k.Input(name + layer, DType.Bf16, [rows, columns]);

        TensorView Vector(string name, int length) => k.Input(name + layer, DType.Bf16, [length]);
    }

    private static TensorView Rows(KernelBuilder k, string name, int tokens) =>
        k.Hbm(name, DType.Bf16, [tokens, Width]);
}
