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
/// A layer of BERT-base in bf16: 512 tokens, width 768 in 12 heads, 3072 hidden features, results normalised after each
/// residual. Every token sees every other.
/// </summary>
internal static class BertLayer
{
    private const int Tokens = 512, Width = 768, Hidden = 3072, Heads = 12;
    private const float Scale = 0.125f, Epsilon = 1e-12f;

    /// <summary>The layer as the machine runs it.</summary>
    public static Program Compile(Chip chip)
    {
        var k = new KernelBuilder(chip);
        var x = k.Input("x", DType.Bf16, [Tokens, Width]);
        Emit(k, k.Output("y", DType.Bf16, [Tokens, Width]), x);
        return Pipeline.Compile(k.Build(), chip);
    }

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

    private static void Emit(KernelBuilder k, TensorView y, TensorView x)
    {
        var (query, keys, values) = (Project(k, "query", x), Project(k, "keys", x), Project(k, "values", x));
        var mixed = Rows(k, "mixed");
        var position = k.Input(
            "positions", DType.Int32, [Tokens, 1], new TensorContent(ContentKind.Iota))[(Tokens - 1)..];
        foreach (var t in Chunk.Each(Tokens, Limits.Partitions))
            Attention.Emit(k, mixed[t], query[t], keys, values, position, Heads, Heads, Scale);
        var attended = Rows(k, "attended");
        Linear.Emit(k, attended, mixed, Matrix(k, "w_out", Width, Width), Vector(k, "b_out", Width), residual: x);
        var normal = Rows(k, "normal");
        LayerNorm.Emit(k, normal, attended, Vector(k, "gamma1", Width), Vector(k, "beta1", Width), Epsilon);
        var raised = Rows(k, "raised");
        Mlp.Emit(
            k, raised, normal, Matrix(k, "up", Width, Hidden), Matrix(k, "down", Hidden, Width),
            ActivationFunction.Gelu,
            Vector(k, "b_up", Hidden), Vector(k, "b_down", Width), residual: normal);
        LayerNorm.Emit(k, y, raised, Vector(k, "gamma2", Width), Vector(k, "beta2", Width), Epsilon);
    }

    private static TensorView Project(KernelBuilder k, string name, TensorView x)
    {
        var result = Rows(k, name);
        Linear.Emit(k, result, x, Matrix(k, $"w_{name}", Width, Width), Vector(k, $"b_{name}", Width));
        return result;
    }

    private static TensorView Rows(KernelBuilder k, string name) => k.Hbm(name, DType.Bf16, [Tokens, Width]);

    private static TensorView Matrix(KernelBuilder k, string name, int rows, int columns) =>
        k.Input(name, DType.Bf16, [rows, columns]);

    private static TensorView Vector(KernelBuilder k, string name, int length) => k.Input(name, DType.Bf16, [length]);
}
