using TrnEmu.Core.Chips;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;
using static TrnEmu.Tests.Compiler.Graph.Ops.OpCases;

namespace TrnEmu.Tests.Compiler.Graph.Ops;

/// <summary>
/// Roots and reciprocals of every fp32 number, signs of zeros and special values included: to the bit, but for roots
/// that are the next number to the right one.
/// </summary>
public sealed class RootTests
{
    private const int Cases = 4;
    private const int Count = 20_000;

    [Theory]
    [InlineData("sqrt", 1)]
    [InlineData("rsqrt", 1)]
    [InlineData("reciprocal", 0)]
    public void Any_number(string function, int units) => Property.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var x = new float[Count];
        for (var i = 0; i < Count; i++) x[i] = BitPatterns.Any(random);
        var expected = Array.ConvertAll(x, v => function switch
        {
            "sqrt" => MathF.Sqrt(v),
            "rsqrt" => (float)(1 / Math.Sqrt(v)),
            _ => 1 / v,
        });
        foreach (var chip in (string[])["trn1", "trn2", "trn3"])
        {
            var graph = new GraphRun();
            var operand = graph.Input(DType.Fp32, [Count], BitPatterns.Doubles(x));
            var result = graph.Run(graph.Node("unary", [operand], $"function={function}"), Chip.Load(chip));
            BitPatterns.AreEqual(
                expected, result, i => FormattableString.Invariant($"{function}({x[i]:R}) on {chip}"), units);
        }
    }, Cases);
}
