using TrnEmu.Compiler.Kernels;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;
using static TrnEmu.Tests.Compiler.Graph.Ops.OpCases;

namespace TrnEmu.Tests.Compiler.Graph.Ops;

/// <summary>cast between all pairs of types against the interpreter.</summary>
public sealed class CastTests
{
    public static TheoryData<DType, DType> Pairs()
    {
        var pairs = new TheoryData<DType, DType>();
        foreach (var from in DTypes.Arithmetic)
            foreach (var to in DTypes.Arithmetic) pairs.Add(from, to);
        return pairs;
    }

    /// <summary>Exactly, but to wide floats, where the chip rounds and the interpreter does not.</summary>
    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_pair(DType from, DType to) => Property.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var shape = Shape(random);
        var isWide = from is DType.Fp32 or DType.Bf16 or DType.Fp16;
        var values = Values(random, from, Elements(shape), isWide);
        if (from.IsFloat() && from.Size() > 1 && to.IsInteger())
            for (var i = 0; i < values.Length; i++)
                if (from != DType.Fp16) values[i] *= Math.ScaleB(1, random.Next(0, 30));
        if (to == DType.Fp16) values = [.. values.Select(v => Math.Clamp(v, -60000, 60000))];
        var graph = new GraphRun();
        var saturate = random.Next(2);
        var y = graph.Node("cast", [graph.Input(from, shape, values)], $"dtype={to.Name()}", $"saturate={saturate}");
        var result = graph.Run(y, AnyChip(random));
        if (to.IsInteger() || to.Size() == 1) result.IsExact();

        // fp16 has a fixed distance between numbers below 2^-14.
        else result.IsNearEach(Tolerance.Of(to), to == DType.Fp16 ? Math.ScaleB(1, -14) : 0);
    }, cases: 3);

    [Fact]
    public void To_truth() => Property.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var (shape, from) = (Shape(random), OneOf(random, DTypes.Arithmetic));
        var graph = new GraphRun();
        var x = graph.Input(from, shape, Values(random, from, Elements(shape), from == DType.Fp32));
        graph.Run(graph.Node("cast", [x], "dtype=uint8", "bool=1"), AnyChip(random)).IsExact();
    }, cases: 20);
}
