using TrnEmu.Compiler.Importers.Onnx.Proto;

namespace TrnEmu.Tests.Compiler.Importers.Onnx.Oracles;

/// <summary>Functions of one element, with their attributes.</summary>
public sealed class ActivationOracleTests
{
    [Theory]
    [InlineData("LeakyRelu", 7)]
    [InlineData("HardSigmoid", 7)]
    [InlineData("Swish", 24)]
    [InlineData("Silu", 17)]
    [InlineData("Softplus", 7)]
    [InlineData("com.microsoft/QuickGelu", 17)]
    [InlineData("com.microsoft/Gelu", 17)]
    [InlineData("com.microsoft/FastGelu", 17)]
    public void Functions(string op, long opset) => Oracle.Run(
        opset,
        test =>
        {
            var x = test.Floats("x", test.Shape(test.Random.Next(0, 5), 8), -6, 6);
            var alpha = test.Coin() ? (float)(test.Random.NextDouble() * 2) : (float?)null;
            var beta = test.Coin() ? (float)test.Random.NextDouble() : (float?)null;
            AttributeProto? first = null, second = null;
            if (op is "LeakyRelu" or "HardSigmoid" or "Swish" or "com.microsoft/QuickGelu") first = OracleCase.Float("alpha", alpha);
            if (op == "HardSigmoid") second = OracleCase.Float("beta", beta);
            test.Node("y", op, "x", first, second);
            test.Expect("y", x.Map(v => Value(op, v, alpha, beta)), tolerance: 2e-5);
        },
        6);

    [Fact]
    public void Gelus_of_sums() => Oracle.Run(
        17,
        test =>
        {
            var shape = test.Shape(3, 8);
            var x = test.Floats("x", shape, -4, 4);
            var bias = test.Floats("b", [shape[2]]);
            test.Node("y", "com.microsoft/BiasGelu", "x, b");
            test.Node("z", "com.microsoft/FastGelu", "x, b");
            test.Expect("y", Nd.Zip(x, bias, (a, b) => Value("com.microsoft/Gelu", a + b, null, null)), tolerance: 2e-5);
            test.Expect("z", Nd.Zip(x, bias, (a, b) => Value("com.microsoft/FastGelu", a + b, null, null)), tolerance: 2e-5);
        },
        6);

    private static double Value(string op, double x, float? alpha, float? beta) => op switch
    {
        "LeakyRelu" => x < 0 ? (alpha ?? 0.01) * x : x,
        "HardSigmoid" => Math.Clamp((alpha ?? 0.2) * x + (beta ?? 0.5), 0, 1),
        "Swish" => x * Sigmoid((alpha ?? 1) * x),
        "Silu" => x * Sigmoid(x),
        "Softplus" => Math.Log(1 + Math.Exp(x)),
        "com.microsoft/QuickGelu" => x * Sigmoid((alpha ?? 1.702) * x),
        "com.microsoft/Gelu" => 0.5 * x * (1 + Erf(x / Math.Sqrt(2))),
        "com.microsoft/FastGelu" => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))),
        _ => throw new ArgumentException(op),
    };

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>The integral of the bell curve by Simpson's rule: plain, and independent of any polynomial.</summary>
    private static double Erf(double x)
    {
        const int Steps = 2000;
        var (h, sum) = (x / Steps, 0.0);
        for (var i = 0; i <= Steps; i++) sum += Math.Exp(-i * h * i * h) * (i is 0 or Steps ? 1 : i % 2 == 0 ? 2 : 4);
        return sum * h / 3 * 2 / Math.Sqrt(Math.PI);
    }
}
