using FsCheck;
using FsCheck.Fluent;
using TrnEmu.Compiler.Kernels;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Compiler.Graph.Ops;

/// <summary>Random operands of graph operations.</summary>
internal static class OpGen
{
    private static readonly string[] Names = ["trn1", "trn2", "trn3"];

    /// <summary>A chip of each generation.</summary>
    public static Gen<Chip> Chips { get; } = Gen.Elements(Names.Select(n => Chip.Load(n)).ToArray());

    /// <summary>All floats, most often those that models come in.</summary>
    public static Gen<DType> Floats { get; } = Gen.Frequency(
        (3, Gen.Elements(DType.Fp32, DType.Bf16, DType.Fp16)),
        (1, Gen.Elements(DType.Tf32, DType.Fp8E4M3, DType.Fp8E4M3Fn, DType.Fp8E5M2)));

    /// <summary>All integers.</summary>
    public static Gen<DType> Integers { get; } = Gen.Elements(
        DType.Int32, DType.UInt32, DType.Int16, DType.UInt16, DType.Int8, DType.UInt8);

    /// <summary>Extents, most of them small, some beyond the partitions, of at most so many elements.</summary>
    public static Gen<int[]> Shapes(int minRank, int maxRank, int most = 20_000) =>
        from rank in Gen.Choose(minRank, maxRank)
        from extents in Gen.ArrayOf(
            Gen.Frequency(
                (2, Gen.Constant(1)), (6, Gen.Choose(2, 9)), (3, Gen.Choose(10, 140)), (1, Gen.Choose(250, 5000))), rank)
        select Fit(extents, most);

    /// <summary>Small whole numbers, of which sums and products of a few are exact.</summary>
    public static double[] Whole(int seed, long count, int low, int high)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, (int)count).Select(_ => (double)random.NextInt64(low, high + 1L))];
    }

    /// <summary>Any number that an integer dtype holds.</summary>
    public static double[] Integer(int seed, long count, DType dtype)
    {
        var bits = 8 * dtype.Size();
        var isSigned = dtype is DType.Int32 or DType.Int16 or DType.Int8;
        var (random, low) = (new Random(seed), isSigned ? -(1L << (bits - 1)) : 0);
        return [.. Enumerable.Range(0, (int)count).Select(_ => (double)(low + random.NextInt64(0, 1L << bits)))];
    }

    /// <summary>Numbers between -scale and scale.</summary>
    public static double[] Real(int seed, long count, double scale = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, (int)count).Select(_ => scale * (2 * random.NextDouble() - 1))];
    }

    /// <summary>
    /// The values are near the reference. Of fp8 each by itself, where the smallest normal number, 2^-6, counts as the
    /// least magnitude: below it numbers are evenly spaced, and a result of few bits may lie there altogether. Sums are of
    /// fp32 before they are rounded.
    /// </summary>
    public static void IsNear(GraphResult result)
    {
        if (result.Type.DType.Size() > 1) result.IsNear();
        else result.IsNearEach(Tolerance.Of(result.Type.DType), Math.ScaleB(1, -6), Tolerance.Of(DType.Fp32));
    }

    /// <summary>Elements of a shape.</summary>
    public static long Count(IEnumerable<int> shape) => shape.Aggregate(1L, (n, e) => n * e);

    private static int[] Fit(int[] extents, int most)
    {
        for (var i = 0; Count(extents) > most; i = (i + 1) % extents.Length) extents[i] = Math.Max(1, extents[i] / 2);
        return extents;
    }
}
