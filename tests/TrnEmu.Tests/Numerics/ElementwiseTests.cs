using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Numerics;

/// <summary>The loops over tiles against nested loops over elements, bit for bit, gaps untouched.</summary>
public sealed class ElementwiseTests
{
    private static readonly AluOp[] Arithmetic =
        [.. Enum.GetValues<AluOp>().Where(op => !op.IsBitwise() && op != AluOp.Power)];

    /// <summary>
    /// Second operators of a chain: each pair of types is compiled anew, so all of them would take a minute.
    /// </summary>
    private static readonly AluOp[] Second =
        [AluOp.Bypass, AluOp.Add, AluOp.Subtract, AluOp.Multiply, AluOp.Maximum, AluOp.GreaterEqual, AluOp.Rsqrt];

    [Fact]
    public void Binary_computes_every_pair()
    {
        for (var seed = 0; seed < 800; seed++)
        {
            using var c = new Case(seed);
            var op = Arithmetic[seed % Arithmetic.Length];
            var (a, b, dst) = (c.Grid(c.AnyDType()), c.Grid(c.AnyDType()), c.Grid(c.AnyDType()));
            var before = dst.All;
            Elementwise.Binary(op, dst.Tile, a.Tile, b.Tile);
            MoveTests.Expect(
                dst, before, (i, j) => Oracle.Bits(dst.DType, Oracle.Alu(op, Value(a, i, j), Value(b, i, j))),
                $"{op}, seed {seed}");
        }
    }

    [Fact]
    public void Scalar_applies_two_operators()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            using var c = new Case(seed);
            var (op0, op1) = (c.Any(Arithmetic), c.Any(Second));
            var (reverse0, reverse1) = (c.Random.Next(2) == 0, c.Random.Next(2) == 0);
            var (src, dst) = (c.Grid(c.AnyDType()), c.Grid(c.AnyDType()));
            var (s0, s1) = (c.Operand(out var v0), c.Operand(out var v1));
            var before = dst.All;
            Elementwise.Scalar(dst.Tile, src.Tile, op0, s0, reverse0, op1, s1, reverse1);
            MoveTests.Expect(
                dst, before,
                (i, j) => Oracle.Bits(
                    dst.DType, Step(op1, reverse1, Step(op0, reverse0, Value(src, i, j), v0(i)), v1(i))),
                $"{op0} {op1}, seed {seed}");
        }
    }

    [Fact]
    public void Scalar_tensor_tensor_applies_a_scalar_then_a_tile()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            using var c = new Case(seed);
            var (op0, op1) = (c.Any(Arithmetic), c.Any(Second));
            var (reverse0, reverse1) = (c.Random.Next(2) == 0, c.Random.Next(2) == 0);
            var (src, tile, dst) = (c.Grid(c.AnyDType()), c.Grid(c.AnyDType()), c.Grid(c.AnyDType()));
            var s0 = c.Operand(out var v0);
            var before = dst.All;
            Elementwise.ScalarTensorTensor(dst.Tile, src.Tile, op0, s0, reverse0, op1, tile.Tile, reverse1);
            MoveTests.Expect(
                dst, before,
                (i, j) => Oracle.Bits(
                    dst.DType, Step(op1, reverse1, Step(op0, reverse0, Value(src, i, j), v0(i)), Value(tile, i, j))),
                $"{op0} {op1}, seed {seed}");
        }
    }

    [Fact]
    public void Unary_scales_shifts_and_folds_in_order()
    {
        ActivationFunction[] exact =
        [
            ActivationFunction.Copy, ActivationFunction.Relu, ActivationFunction.Square, ActivationFunction.Abs,
            ActivationFunction.Reciprocal, ActivationFunction.Prelu,
        ];
        AluOp[] ops = [AluOp.Add, AluOp.Maximum, AluOp.Minimum, AluOp.AbsMax, AluOp.AbsMin];
        for (var seed = 0; seed < 400; seed++)
        {
            using var c = new Case(seed);
            var (f, op) = (c.Any(exact), c.Any(ops));
            var (src, dst) = (c.Grid(c.AnyDType()), c.Grid(c.AnyDType()));
            var (scale, bias, slope) = (c.Operand(out var s), c.Operand(out var b), c.Operand(out var a));
            var states = Enumerable.Range(0, c.Rows).Select(_ => c.Number()).ToArray();
            var (before, expected) = (dst.All, states.ToArray());
            var isFused = seed % 3 > 0;
            Elementwise.UnaryFold(dst.Tile, src.Tile, f, new Affine(scale, bias.Negated, slope, isFused), op, states);
            float Input(float x, int i) => isFused ? MathF.FusedMultiplyAdd(x, s(i), -b(i)) : x * s(i) - b(i);
            float Result(int i, int j) => Functions.Value(f, Input(Value(src, i, j), i), a(i))[0];
            MoveTests.Expect(dst, before, (i, j) => Oracle.Bits(dst.DType, Result(i, j)), $"{f}, seed {seed}");
            for (var i = 0; i < c.Rows; i++)
            {
                for (var j = 0; j < c.Columns; j++) expected[i] = Oracle.Alu(op, expected[i], Result(i, j));
            }

            Assert.Equal(expected, states);
        }
    }

    [Fact]
    public void Reduce_folds_lanes_then_a_tree()
    {
        (AluOp Op, float Identity)[] ops =
        [
            (AluOp.Add, 0), (AluOp.Multiply, 1), (AluOp.Maximum, float.NegativeInfinity),
            (AluOp.Minimum, float.PositiveInfinity),
            (AluOp.LogicalAnd, 1), (AluOp.LogicalOr, 0), (AluOp.LogicalXor, 0), (AluOp.AbsMax, 0),
            (AluOp.AbsMin, float.PositiveInfinity),
        ];
        for (var seed = 0; seed < 400; seed++)
        {
            using var c = new Case(seed);
            var (op, identity) = ops[seed % ops.Length];
            var n = c.Random.Next(1, seed % 5 == 0 ? 2100 : 70);
            var outer = c.Random.Next(1, 5);
            var (src, dst) = (c.Grid(c.AnyDType(), outer * n), c.Grid(c.AnyDType(), outer));
            var negate = c.Random.Next(3) == 0;
            var before = dst.All;
            Elementwise.Reduce(op, dst.Tile, src.Tile, negate);
            MoveTests.Expect(
                dst, before,
                (i, o) =>
                {
                    var value = Fold(op, identity, [.. Enumerable.Range(0, n).Select(j => Value(src, i, o * n + j))]);
                    return Oracle.Bits(dst.DType, negate ? -value : value);
                },
                $"{op} of {n}, seed {seed}");
        }
    }

    [Fact]
    public void A_tile_may_be_its_own_result()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            using var c = new Case(seed);
            var (a, b) = (c.Grid(c.AnyDType()), c.Grid(c.AnyDType()));
            var before = a.All;
            var expected = new uint[c.Rows, c.Columns];
            for (var i = 0; i < c.Rows; i++)
            {
                for (var j = 0; j < c.Columns; j++)
                    expected[i, j] = Oracle.Bits(a.DType, Value(a, i, j) - Value(b, i, j));
            }

            Elementwise.Binary(AluOp.Subtract, a.Tile, a.Tile, b.Tile);
            MoveTests.Expect(a, before, (i, j) => expected[i, j], $"seed {seed}");
        }
    }

    [Fact]
    public void A_stride_of_zero_repeats_an_element()
    {
        using var c = new Case(3);
        using var block = new NativeBlock(64);
        var source = block.Tile(0, c.Rows, 4, DType.Fp32, [c.Columns], [0]);
        for (var i = 0; i < c.Rows; i++) Rows.Store(source, i, 0, [i + 0.25f]);
        var dst = c.Grid(DType.Fp32);
        var before = dst.All;
        Elementwise.Binary(AluOp.Add, dst.Tile, source, source);
        MoveTests.Expect(dst, before, (i, _) => BitConverter.SingleToUInt32Bits(2 * i + 0.5f), "broadcast");
    }

    private static float Value(Grid grid, int row, int column) => Oracle.Value(grid.DType, grid[row, column]);

    private static float Step(AluOp op, bool reverse, float x, float s) =>
        reverse && !op.IsUnary() ? Oracle.Alu(op, s, x) : Oracle.Alu(op, x, s);

    private static float Fold(AluOp op, float identity, float[] values)
    {
        var lanes = Enumerable.Repeat(identity, 16).ToArray();
        for (var i = 0; i < values.Length; i++) lanes[i % 16] = Oracle.Alu(op, lanes[i % 16], values[i]);
        for (var half = 8; half > 0; half /= 2)
        {
            for (var j = 0; j < half; j++) lanes[j] = Oracle.Alu(op, lanes[j], lanes[j + half]);
        }

        return lanes[0];
    }
}
