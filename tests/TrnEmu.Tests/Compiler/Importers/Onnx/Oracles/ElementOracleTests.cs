using TrnEmu.Compiler.Importers.Onnx;

namespace TrnEmu.Tests.Compiler.Importers.Onnx.Oracles;

/// <summary>Casts of all pairs of types, remainders, many operands, and what old opsets did otherwise.</summary>
public sealed class ElementOracleTests
{
    private static readonly OnnxType[] Types =
    [
        OnnxType.Float, OnnxType.Double, OnnxType.Float16, OnnxType.BFloat16, OnnxType.Bool, OnnxType.UInt8, OnnxType.Int8,
        OnnxType.UInt16, OnnxType.Int16, OnnxType.UInt32, OnnxType.Int32, OnnxType.UInt64, OnnxType.Int64,
    ];

    public static TheoryData<OnnxType> From => [.. Types];

    [Theory]
    [MemberData(nameof(From))]
    public void Casts(OnnxType from) => Oracle.Run(
        13,
        test =>
        {
            // Rounded to any float they stay within each type's range (int64 is carried as int32): no cast is undefined.
            var (low, high) = Range(from);
            var shape = test.Shape(2, 9);
            var fractions = from is OnnxType.Float or OnnxType.Double or OnnxType.Float16 or OnnxType.BFloat16;
            foreach (var to in Types)
            {
                var (least, most) = Range(to);
                if (from is OnnxType.Int8 or OnnxType.Int16 or OnnxType.Int32 or OnnxType.Int64 or OnnxType.UInt16 or OnnxType.UInt32
                    && to is OnnxType.UInt8 or OnnxType.Int8 or OnnxType.UInt16 or OnnxType.Int16)
                    (least, most) = (low, high);
                if (to == OnnxType.Bool) (least, most) = (-3, 3);
                (least, most) = (Math.Max(low, least), Math.Min(high, most));
                var name = $"from_{to}";
                var x = test.Input(name, Nd.Make(shape, _ =>
                {
                    var v = least + (most - least) * test.Random.NextDouble();
                    v = test.Random.Next(6) == 0 && least <= 0 ? 0 : fractions ? v : Math.Round(v);
                    return Held(from, v);
                }), from);
                test.Node($"to_{to}", "Cast", name, OracleCase.Int("to", (long)to));
                test.Expect($"to_{to}", x.Map(v => Cast(to, v)), to, 0);
            }
        },
        2);

    [Theory]
    [InlineData(OnnxType.Int32, false)]
    [InlineData(OnnxType.Int64, false)]
    [InlineData(OnnxType.Int8, false)]
    [InlineData(OnnxType.UInt8, false)]
    [InlineData(OnnxType.Int32, true)]
    [InlineData(OnnxType.Int16, true)]
    [InlineData(OnnxType.Float, true)]
    public void Remainders(OnnxType type, bool fmod) => Oracle.Run(
        13,
        test =>
        {
            var shape = test.Shape(3, 6);
            int[] other = test.Coin() ? shape[1..] : [1, shape[1], 1];
            var signed = type is not OnnxType.UInt8;
            var (limit, by) = type is OnnxType.Int32 or OnnxType.Int64 ? (2_000_000_000, 40_000) : (100, 20);
            Nd a, b;
            if (type == OnnxType.Float) (a, b) = (test.Floats("a", shape, -20, 20), test.Floats("b", other, 0.5, 3));
            else
            {
                a = test.Whole("a", shape, signed ? -limit : 0, limit, type);
                b = test.Input("b", Nd.Make(other, _ => test.Random.Next(1, by) * (signed && test.Coin() ? -1 : 1)), type);
            }

            test.Node("y", "Mod", "a, b", OracleCase.Int("fmod", fmod ? 1 : 0));
            test.Expect("y", Nd.Zip(a, b, (p, q) => fmod ? p % q : p - q * Math.Floor(p / q)), type);
        },
        4);

    [Fact]
    public void Any_number_of_operands() => Oracle.Run(
        13,
        test =>
        {
            var shape = test.Shape(3, 5);
            var operands = Enumerable.Range(0, test.Random.Next(1, 6)).Select(n => test.Floats(
                $"x{n}", n == 0 ? shape : [.. shape[test.Random.Next(4)..].Select(e => test.Coin() ? e : 1)])).ToArray();
            var names = string.Join(", ", operands.Select((_, n) => $"x{n}"));
            foreach (var op in (string[])["Sum", "Mean", "Max", "Min"])
            {
                test.Node(op, op, names);
                test.Expect(op, Nd.Make(shape, i =>
                {
                    var values = operands.Select(o => o.Broadcast(i));
                    return op switch { "Sum" => values.Sum(), "Mean" => values.Average(), "Max" => values.Max(), _ => values.Min() };
                }));
            }
        });

    [Theory]
    [InlineData("Softmax", 7)]
    [InlineData("Softmax", 11)]
    [InlineData("Softmax", 13)]
    [InlineData("LogSoftmax", 7)]
    [InlineData("LogSoftmax", 11)]
    [InlineData("LogSoftmax", 13)]
    public void Softmaxes(string op, long opset) => Oracle.Run(
        opset,
        test =>
        {
            var x = test.Floats("x", test.Shape(test.Random.Next(2, 5), 5), -5, 5);
            var axis = test.Coin() ? (int?)null : test.Random.Next(opset < 11 ? 0 : -x.Rank, x.Rank);
            test.Node("y", op, "x", OracleCase.Int("axis", axis));
            var d = ((axis ?? (opset < 13 ? 1 : -1)) + x.Rank) % x.Rank;
            var axes = opset < 13 ? Enumerable.Range(d, x.Rank - d).ToArray() : [d];
            var total = ReduceOracleTests.Reduce(x, axes, true, v => v.Sum(Math.Exp));
            test.Expect("y", Nd.Zip(x, total, (v, t) => op == "Softmax" ? Math.Exp(v) / t : v - Math.Log(t)));
        },
        6);

    [Theory]
    [InlineData(7)]
    [InlineData(11)]
    [InlineData(13)]
    public void Limits(long opset) => Oracle.Run(
        opset,
        test =>
        {
            var x = test.Floats("x", test.Shape(2, 7));
            var (low, high) = (test.Coin() ? -0.75 : (double?)null, test.Coin() ? 0.5 : (double?)null);
            if (opset >= 11 && low is { } l) test.Input("low", new Nd([], [l]), OnnxType.Float);
            if (opset >= 11 && high is { } h) test.Scalar("high", h, OnnxType.Float);
            test.Node("y", "Clip", opset < 11 ? "x" : $"x, {(low is null ? "" : "low")}, {(high is null ? "" : "high")}".TrimEnd(',', ' '),
                opset < 11 ? OracleCase.Float("min", low) : null, opset < 11 ? OracleCase.Float("max", high) : null);
            test.Expect("y", x.Map(v => Math.Min(Math.Max(v, low ?? v), high ?? double.MaxValue)));
        },
        6);

    [Theory]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(12)]
    [InlineData(22)]
    public void Nothing_is_dropped(long opset) => Oracle.Run(
        opset,
        test =>
        {
            var x = test.Floats("x", test.Shape(2, 7));
            if (opset >= 12) test.Scalar("ratio", 0.5, OnnxType.Float);
            var mask = opset >= 10;
            test.Node(mask ? "y, m" : "y", "Dropout", opset >= 12 ? "x, ratio" : "x", opset < 12 ? OracleCase.Float("ratio", 0.5) : null);
            test.Expect("y", x);
            if (mask) test.Expect("m", x.Map(_ => 1), OnnxType.Bool);
        },
        3);

    private static (double Low, double High) Range(OnnxType type) => type switch
    {
        OnnxType.Bool => (0, 1),
        OnnxType.UInt8 => (0, 255),
        OnnxType.Int8 => (-128, 127),
        OnnxType.UInt16 => (0, 65000),
        OnnxType.Int16 => (-32500, 32500),
        OnnxType.UInt32 => (0, 4.2e9),
        OnnxType.UInt64 => (0, 2.1e9),
        OnnxType.Int32 or OnnxType.Int64 => (-2.1e9, 2.1e9),
        OnnxType.Float16 => (-60000, 60000),
        _ => (-3e9, 3e9),
    };

    /// <summary>The nearest number that a type holds; fp64 is carried as fp32.</summary>
    private static double Held(OnnxType type, double v) => type switch
    {
        OnnxType.Float or OnnxType.Double => (float)v,
        OnnxType.Float16 => (double)(Half)v,
        OnnxType.BFloat16 => Bf16(v),
        OnnxType.UInt32 or OnnxType.Int32 or OnnxType.Int64 or OnnxType.UInt64 => Math.Truncate(v),
        _ => v,
    };

    private static double Cast(OnnxType to, double v) => to switch
    {
        OnnxType.Bool => v != 0 ? 1 : 0,
        OnnxType.UInt8 => (byte)(long)v,
        OnnxType.Int8 => (sbyte)(long)v,
        OnnxType.UInt16 => (ushort)(long)v,
        OnnxType.Int16 => (short)(long)v,
        OnnxType.UInt32 => (uint)(long)v,
        OnnxType.Int32 => (int)(long)v,
        OnnxType.Int64 or OnnxType.UInt64 => Math.Truncate(v),
        _ => Held(to, v),
    };

    private static double Bf16(double v)
    {
        var bits = BitConverter.SingleToUInt32Bits((float)v);
        return BitConverter.UInt32BitsToSingle((bits + 0x7fff + ((bits >> 16) & 1)) & 0xffff0000);
    }
}
