using TrnEmu.Compiler.Graph.Ops;
using TrnEmu.Kernels.Linear;
using TrnEmu.Kernels.Matmul;

namespace TrnEmu.Kernels.BatchMatmul;

/// <summary>
/// Products of stacks of matrices, one after the other; a stack times one matrix is one product of all rows. Up to 128
/// rows of the left matrix are turned and held, through which the right one streams, 512 columns at a time.
/// </summary>
public static class BatchMatmul
{
    private const int Tile = MatmulProblem.TileK;
    private const int BlockK = 16 * Tile;
    private const int MostHeldK = 2 * BlockK;

    /// <summary>Records y = a @ b.</summary>
    /// <param name="k">Where it is recorded.</param>
    /// <param name="y">[…, M, N] in HBM, contiguous, of a float dtype, or int32 for factors of 8-bit integers.</param>
    /// <param name="a">[…, M, K] in HBM, contiguous.</param>
    /// <param name="b">[…, K, N] in HBM, contiguous.</param>
    public static void Emit(KernelBuilder k, TensorView y, TensorView a, TensorView b)
    {
        var (m, inner, n) = (a.Shape[^2], a.Shape[^1], b.Shape[^1]);
        var terms = ExactTerms(a.DType, b.DType);
        if (b.Elements == (long)inner * n)
        {
            Product(k, Rows(y, n), Rows(a, inner), b.Reshape([inner, n]), terms);
            return;
        }

        var batch = BatchShapes.Broadcast([.. a.Shape], [.. b.Shape])!;
        var (lefts, rights) = (BatchShapes.Sources([.. a.Shape], batch), BatchShapes.Sources([.. b.Shape], batch));
        var (stackY, stackA, stackB) = (Stack(y, m, n), Stack(a, m, inner), Stack(b, inner, n));
        for (var i = 0; i < lefts.Length; i++) Product(k, stackY[i], stackA[lefts[i]], stackB[rights[i]], terms);
    }

    /// <summary>y[M, N] = a[M, K] @ b[K, N], so many terms of each sum being added in PSUM.</summary>
    private static void Product(KernelBuilder k, TensorView y, TensorView a, TensorView b, int terms)
    {
        var inner = a.Shape[1];
        foreach (var m in Chunk.Each(y.Shape[0], MatmulProblem.TileM))
        {
            var rows = new LeftRows(k, a[m], Linear.Product.TypeOf(a.DType, b.DType), isHeld: inner <= MostHeldK);
            foreach (var n in Chunk.Each(y.Shape[1], MatmulProblem.TileN))
            {
                var sums = new PartialSums(k, m.Length, n.Length, terms);
                foreach (var block in Chunk.Each(inner, BlockK))
                {
                    var left = rows.Block(block);
                    var right = ResidentRows.Load(k, "right", b[block, n], Linear.Product.TypeOf(b.DType, a.DType));
                    foreach (var t in Chunk.Each(block.Length, Tile)) sums.Add(left.Step(t), right.Step(t));
                }

                Epilogue.Store(k, y[m, n], sums.Total());
            }
        }
    }

    /// <summary>
    /// Terms of which PSUM adds up exactly: fp32 holds sums up to 2^24. All of them for floats, which are rounded.
    /// </summary>
    private static int ExactTerms(DType a, DType b) => a.IsFloat()
        ? int.MaxValue
        : (1 << 24) / (Largest(a) * Largest(b)) / Tile * Tile;

    private static int Largest(DType dtype) => dtype == DType.UInt8 ? byte.MaxValue : -sbyte.MinValue;

    private static TensorView Rows(TensorView x, int columns) => x.Reshape([(int)(x.Elements / columns), columns]);

    private static TensorView Stack(TensorView x, int rows, int columns) =>
        x.Reshape([(int)(x.Elements / rows / columns), rows, columns]);
}
