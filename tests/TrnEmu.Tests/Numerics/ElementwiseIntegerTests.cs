using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Numerics;

/// <summary>Exact integers, bits, sequences and selections against loops over elements.</summary>
public sealed class ElementwiseIntegerTests
{
    private static readonly DType[] Integers = [.. DTypes.All.Where(d => d.IsInteger())];
    private static readonly DType[] Words = [DType.Int32, DType.UInt32];
    private static readonly AluOp[] Bitwise = [.. Enum.GetValues<AluOp>().Where(op => op.IsBitwise())];

    private static readonly AluOp[] Exact =
    [
        AluOp.Bypass, AluOp.Add, AluOp.Subtract, AluOp.Multiply, AluOp.Power, AluOp.Maximum, AluOp.Minimum, AluOp.AbsMax,
        AluOp.AbsMin,
        .. Enum.GetValues<AluOp>().Where(op => op.IsComparison()),
    ];

    [Fact]
    public void Words_are_computed_exactly()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            using var c = new Case(seed);
            var op = Exact[seed % Exact.Length];
            var (a, b, dst) = (Bits(c, c.Any(Words)), Bits(c, c.Any(Words)), Bits(c, c.Any(Words)));
            var before = dst.All;
            var signed = a.DType == DType.Int32 || b.DType == DType.Int32;
            Elementwise.Binary(op, dst.Tile, a.Tile, b.Tile, exactIntegers: true);
            MoveTests.Expect(dst, before, (i, j) => Oracle.Alu(op, signed, a[i, j], b[i, j]), $"{op}, seed {seed}");
        }
    }

    [Fact]
    public void Bits_are_combined_as_they_are()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            using var c = new Case(seed);
            var op = Bitwise[seed % Bitwise.Length];
            var dtype = c.Any(Integers);
            var (a, b, dst) = (Bits(c, dtype), Bits(c, dtype), Bits(c, dtype));
            if (op is AluOp.LeftShift or AluOp.RightShift)
            {
                for (var i = 0; i < c.Rows; i++)
                {
                    for (var j = 0; j < c.Columns; j++) b[i, j] = (uint)c.Random.Next(40);
                }
            }

            var before = dst.All;
            var mask = uint.MaxValue >> (32 - 8 * dtype.Size());
            Elementwise.Binary(op, dst.Tile, a.Tile, b.Tile);
            MoveTests.Expect(
                dst, before, (i, j) => Oracle.Alu(op, false, a[i, j], b[i, j]) & mask, $"{op}, seed {seed}");
        }
    }

    [Fact]
    public void Scalars_of_words_are_integers()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            using var c = new Case(seed);
            var bitwise = seed % 2 == 0;
            var (op0, op1) = (c.Any(bitwise ? Bitwise : Exact), c.Any(bitwise ? Bitwise : Exact));
            var (reverse0, reverse1) = (!op0.IsUnary() && seed % 3 == 0, !op1.IsUnary() && seed % 5 == 0);
            var (src, dst) = (Bits(c, DType.Int32), Bits(c, DType.Int32));
            var column = c.Grid(DType.Int32, 1, bits: true);
            var constant = c.Random.Next(-40, 40);
            var before = dst.All;
            uint Step(AluOp op, bool reverse, uint x, uint s) =>
                reverse ? Oracle.Alu(op, true, s, x) : Oracle.Alu(op, true, x, s);
            Elementwise.Scalar(
                dst.Tile, src.Tile, op0, constant, reverse0, op1, Operand.Column(column.Tile), reverse1,
                exactIntegers: true);
            MoveTests.Expect(
                dst, before,
                (i, j) => op1 == AluOp.Bypass
                    ? Step(op0, reverse0, src[i, j], (uint)constant)
                    : Step(op1, reverse1, Step(op0, reverse0, src[i, j], (uint)constant), column[i, 0]),
                $"{op0} {op1}, seed {seed}");
        }
    }

    [Fact]
    public void Bits_are_reduced()
    {
        AluOp[] ops = [AluOp.BitwiseAnd, AluOp.BitwiseOr, AluOp.BitwiseXor];
        for (var seed = 0; seed < 60; seed++)
        {
            using var c = new Case(seed);
            var op = ops[seed % 3];
            var dtype = c.Any(Integers);
            var n = c.Random.Next(1, 50);
            var (src, dst) = (c.Grid(dtype, 3 * n, bits: true), c.Grid(dtype, 3, bits: true));
            var before = dst.All;
            Elementwise.Reduce(op, dst.Tile, src.Tile);
            MoveTests.Expect(
                dst, before,
                (i, o) => Enumerable.Range(o * n, n).Select(j => src[i, j])
                    .Aggregate((x, y) => Oracle.Alu(op, false, x, y)),
                $"{op} of {n}, seed {seed}");
        }
    }

    [Fact]
    public void Iota_and_select_follow_their_pattern()
    {
        AluOp[] comparisons = [.. Enum.GetValues<AluOp>().Where(op => op.IsComparison())];
        for (var seed = 0; seed < 300; seed++)
        {
            using var c = new Case(seed);
            var (n0, n1) = (c.Random.Next(1, 5), c.Random.Next(1, 6));
            var n3 = c.Random.Next(1, seed % 9 == 0 ? 120 : 7);
            var cmp = c.Any(comparisons);
            var (s0, s1, s3) = (c.Random.Next(-9, 9), c.Random.Next(-9, 9), c.Random.Next(-9, 9));
            var (offset, channel) = (seed % 4 == 0 ? c.Random.Next() : c.Random.Next(-20, 20), c.Random.Next(-5, 5));
            var pattern = new AffinePattern(offset, channel, s0, n0, s1, n1, 0, 1, s3, n3);
            int V(int p, int e) => unchecked(offset + p * channel + e / n3 / n1 * s0 + e / n3 % n1 * s1 + e % n3 * s3);
            var n = n0 * n1 * n3;
            var (sequence, chosen) = (Bits(c, c.AnyDType(), n), Bits(c, c.AnyDType(), n));
            var source = seed % 2 == 0 ? Bits(c, chosen.DType, n) : c.Grid(c.AnyDType(), n);
            var (before, chosenBefore) = (sequence.All, chosen.All);
            Elementwise.Iota(sequence.Tile, pattern);
            Elementwise.Select(chosen.Tile, source.Tile, pattern, cmp, -1.5f);
            MoveTests.Expect(sequence, before, (p, e) => Whole(sequence.DType, V(p, e)), $"iota, seed {seed}");
            MoveTests.Expect(
                chosen, chosenBefore,
                (p, e) => Oracle.Alu(cmp, true, (uint)V(p, e), 0) != 0
                    ? Moved(chosen.DType, source, p, e)
                    : Oracle.Bits(chosen.DType, -1.5f),
                $"select {cmp}, seed {seed}");
        }
    }

    [Fact]
    public void Copies_are_predicated()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            using var c = new Case(seed);
            var (dst, predicate) = (Bits(c, c.AnyDType()), Bits(c, c.Any(Integers)));
            var source = seed % 2 == 0 ? Bits(c, dst.DType) : c.Grid(c.AnyDType());
            for (var i = 0; i < c.Rows; i++)
            {
                for (var j = 0; j < c.Columns; j += 2) predicate[i, j] = 0;
            }

            var (before, reverse, constant) = (dst.All, seed % 3 == 0, seed % 5 == 0);
            var old = Enumerable.Range(0, c.Rows)
                .Select(i => Enumerable.Range(0, c.Columns).Select(j => dst[i, j]).ToArray()).ToArray();
            if (constant) Elementwise.CopyPredicated(dst.Tile, 2.5, predicate.Tile, reverse);
            else Elementwise.CopyPredicated(dst.Tile, source.Tile, predicate.Tile, reverse);
            MoveTests.Expect(
                dst, before,
                (i, j) => predicate[i, j] != 0 == reverse ? old[i][j]
                    : constant ? Oracle.Bits(dst.DType, 2.5f) : Moved(dst.DType, source, i, j),
                $"seed {seed}");
        }
    }

    [Fact]
    public void Fill_writes_one_value()
    {
        double[] values =
            [0, -0.0, 1.5, -300, 70000, 16777217, 4294967295, -2147483648, double.NaN, double.PositiveInfinity];
        for (var seed = 0; seed < 10 * DTypes.Arithmetic.Count; seed++)
        {
            using var c = new Case(seed);
            var (dst, value) = (Bits(c, DTypes.Arithmetic[seed / 10]), values[seed % 10]);
            var before = dst.All;
            Elementwise.Fill(dst.Tile, value);
            var expected = dst.DType.IsFloat() ? Oracle.Bits(dst.DType, (float)value)
                : Oracle.Saturate(dst.DType, double.IsNaN(value) ? 0 : Math.Round(value));
            MoveTests.Expect(dst, before, (_, _) => expected, $"{value}, seed {seed}");
        }
    }

    private static Grid Bits(Case c, DType dtype) => c.Grid(dtype, c.Columns, bits: true);

    private static Grid Bits(Case c, DType dtype, int columns) => c.Grid(dtype, columns, bits: true);

    private static uint Whole(DType dtype, int value) =>
        dtype.IsInteger() ? Oracle.Saturate(dtype, value) : Oracle.Bits(dtype, value);

    /// <summary>Equal dtypes keep their bits; others go through fp32.</summary>
    private static uint Moved(DType dtype, Grid source, int row, int column) => source.DType == dtype
        ? source[row, column]
        : Oracle.Bits(dtype, Oracle.Value(source.DType, source[row, column]));
}
