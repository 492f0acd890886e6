using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Tensor;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class NcMatmulOperands : IOperands<NcMatmul>
{
    public NcMatmul Make(Draw draw)
    {
        draw.Engine = draw.Of(Engine.None, Engine.Tensor);
        if (draw.Generation > 3 && draw.Chance(20)) return Groups(draw);
        var (rows, columns) = (Side(draw), Side(draw));
        var k = draw.Shape(rows.Size).Partitions;
        var m = Math.Min(draw.Shape(columns.Size).Partitions, Math.Max(1, draw.Size / k));
        var type = Factor(draw, draw.Of(DType.Fp32, DType.Bf16, DType.Bf16));
        if (draw.Chance(15)) return Transpose(draw, k, m, type);
        var other = Factor(draw, type);
        var isDouble = draw.Generation > 2 && columns.Size == 128 && type.Size() + other.Size() == 2 && draw.Chance(70);
        var layers = isDouble ? 2 : 1;
        var n = draw.Int(1, Math.Min(512 / layers, Math.Max(1, draw.Size * 4 / (k + m))));
        var isTiled = rows.Size + columns.Size < 256 || draw.Chance(30);
        int? Row() => isTiled ? draw.StartIn(k, rows.Start, rows.Size) : null;
        int? column = isTiled ? draw.StartIn(m, columns.Start, columns.Size) : null;
        return new NcMatmul(
            draw.Tile(MemorySpace.Psum, Result(draw), m, n, Use.Sum, column),
            draw.Tile(MemorySpace.Sbuf, type, k, layers * m, at: Row()),
            draw.Tile(MemorySpace.Sbuf, other, k, layers * n, at: Row()),
            draw.Chance(20), draw.Chance(20), draw.Generation == 2 && draw.Chance(10), Accumulate(draw, m * n),
            isTiled ? (rows.Start, columns.Start) : null, isTiled ? (rows.Size, columns.Size) : null,
            isDouble ? MatmulPerfMode.DoubleRow : MatmulPerfMode.None);
    }

    /// <summary>Whole groups of 32 partitions and elements of at most 16 bits, which may be indirect.</summary>
    private static NcMatmul Groups(Draw draw)
    {
        var (k, m, n) = (32 * draw.Of(1, 1, 2, 4), 32 * draw.Of(1, 1, 2, 4), draw.Int(1, 9));
        var type = Factor(draw, DType.Bf16);
        return new NcMatmul(
            draw.Tile(MemorySpace.Psum, DType.Bf16, m, n, Use.Sum), draw.Tile(MemorySpace.Sbuf, type, k, m),
            draw.Tile(MemorySpace.Sbuf, Factor(draw, type), k, n), Accumulate: draw.Chance(50));
    }

    /// <summary>Rows or columns of the array: a tile of them, or more often all.</summary>
    private static (int Start, int Size) Side(Draw draw)
    {
        var size = draw.Chance(60) ? 128 : draw.Generation > 2 ? draw.Of(32, 64, 128) : draw.Of(64, 128);
        return (size * draw.Int(0, 128 / size - 1), size);
    }

    /// <summary>
    /// A dtype that meets another: fp32 and tf32 each other, one of the two e4m3, and e4m3fn from generation 4.
    /// </summary>
    private static DType Factor(Draw draw, DType other)
    {
        if (other is DType.Fp32 or DType.Tf32) return draw.Of(DType.Fp32, DType.Tf32);
        var type = draw.Of(DType.Bf16, DType.Fp16, DType.Fp8E4M3, DType.Fp8E4M3Fn, DType.Fp8E5M2);
        if (type == DType.Fp8E4M3Fn && (draw.Generation < 4 || other == DType.Fp8E4M3)) return DType.Fp8E4M3;
        return type == DType.Fp8E4M3 && other == DType.Fp8E4M3Fn ? other : type;
    }

    private static DType Result(Draw draw) => draw.Generation > 3 ? draw.Of(DType.Fp32, DType.Bf16) : DType.Fp32;

    private static NcMatmul Transpose(Draw draw, int k, int m, DType type)
    {
        var identity = draw.Tile(MemorySpace.Sbuf, type, k, k, Use.Sum);
        Identity(draw, identity, k);
        var result = draw.Generation > 2 ? type : DType.Fp32;
        return new NcMatmul(
            NcTransposeOperands.Result(draw, result, m, k, isWide: draw.Generation > 2),
            draw.Tile(MemorySpace.Sbuf, type, k, m), identity, IsTranspose: true, Accumulate: false);
    }

    /// <summary>A diagonal of ones, with now and then something else on or off it.</summary>
    private static void Identity(Draw draw, AccessPattern p, int size)
    {
        var tensor = draw.Tensors[p.Tensor];
        var row = (int)(tensor.BytesPerPartition / p.DType.Size());
        var elements = new uint[row * tensor.Partitions];
        var first = (int)p.Offset / p.DType.Size();
        for (var i = 0; i < size; i++) elements[(p.StartPartition + i) * row + first + i] = Numbers.Encode(p.DType, 1);
        if (draw.Chance(10)) elements[p.StartPartition * row + first
            + draw.Int(0, size - 1)] = Values.Bits(draw.Random, p.DType);
        draw.Fill(p, elements);
    }

    public static Accumulation Accumulate(Draw draw, int elements)
    {
        if (draw.Chance(70) || elements < 3) return draw.Chance(50);
        var runs = new List<int> { draw.Int(0, elements - 1) };
        for (var rest = elements - runs[0]; rest > 0; rest -= runs[^1]) runs.Add(draw.Int(1, rest));
        return new Accumulation(AccumulationKind.Mixed, EquatableArray.Create<int>(runs.ToArray()));
    }
}
