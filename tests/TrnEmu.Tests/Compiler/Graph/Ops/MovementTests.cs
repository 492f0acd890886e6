using TrnEmu.Core.Numerics;
using TrnEmu.Sim;
using TrnEmu.Tests.Support;
using static TrnEmu.Tests.Compiler.Graph.Ops.OpCases;

namespace TrnEmu.Tests.Compiler.Graph.Ops;

/// <summary>view, concat, pad and reshape move every element where the interpreter has it.</summary>
public sealed class MovementTests
{
    private const int Cases = 60;

    [Fact]
    public void View() => Property.ForAll(Seeds, seed =>
    {
        var (random, graph) = (new Random(seed), new GraphRun());
        var shape = Shape(random, maxRank: 6);
        var strides = shape.Select(_ => OneOf(random, [0, 1, -1, random.Next(-40, 41)])).ToArray();
        var low = shape.Select((e, d) => Math.Min(0L, (e - 1L) * strides[d])).Sum();
        var high = shape.Select((e, d) => Math.Max(0L, (e - 1L) * strides[d])).Sum();
        var offset = random.Next(3) - low;
        var (dtype, count) = (OneOf(random, DTypes.Arithmetic), (int)(high + offset + 1 + random.Next(3)));
        var x = graph.Input(dtype, [count], Values(random, dtype, count));
        var y = graph.Node("view", [x], $"shape={List(shape)}", $"strides={List(strides)}", $"offset={offset}");
        var chip = AnyChip(random);
        var result = graph.Run(y, chip);
        result.IsExact();
        Assert.True(TimePass.Run(result.Program, chip).TimeUs > 0);
    }, Cases);

    [Fact]
    public void A_permutation_is_a_view() => Property.ForAll(Seeds, seed =>
    {
        var (random, graph) = (new Random(seed), new GraphRun());
        var shape = Shape(random, minRank: 2);
        var order = Enumerable.Range(0, shape.Length).OrderBy(_ => random.Next()).ToArray();
        var dtype = OneOf(random, DTypes.Arithmetic);
        var x = graph.Input(dtype, shape, Values(random, dtype, Elements(shape)));
        var steps = shape.Select((_, d) => shape.Skip(d + 1).Aggregate(1, (n, e) => n * e)).ToArray();
        var y = graph.Node(
            "view", [x], $"shape={List(order.Select(d => shape[d]))}", $"strides={List(order.Select(d => steps[d]))}");
        graph.Run(y, AnyChip(random)).IsExact();
    }, Cases / 2);

    [Fact]
    public void Concat() => Property.ForAll(Seeds, seed =>
    {
        var (random, graph) = (new Random(seed), new GraphRun());
        var shape = Shape(random, minRank: 1);
        var (axis, dtype) = (random.Next(shape.Length), OneOf(random, DTypes.Arithmetic));
        var operands = Enumerable.Range(0, random.Next(1, 5)).Select(_ =>
        {
            int[] own = [.. shape];
            own[axis] = random.Next(1, 2 + own[axis]);
            return graph.Input(dtype, own, Values(random, dtype, Elements(own)));
        }).ToArray();
        graph.Run(graph.Node("concat", operands, $"axis={axis}"), AnyChip(random)).IsExact();
    }, Cases);

    [Fact]
    public void Pad() => Property.ForAll(Seeds, seed =>
    {
        var (random, graph) = (new Random(seed), new GraphRun());
        var shape = Shape(random);
        var dtype = OneOf(random, DTypes.Arithmetic);
        var x = graph.Input(dtype, shape, Values(random, dtype, Elements(shape)));
        var (before, after) = (shape.Select(_ => random.Next(4)).ToArray(), shape.Select(_ => random.Next(4)).ToArray());
        var isWide = dtype is DType.Fp32 or DType.Bf16 or DType.Fp16;
        var value = isWide ? OneOf(random, ["-inf", "inf", "0.3", "-7"]) : OneOf(random, ["0", "1", "7"]);
        var y = graph.Node("pad", [x], $"before={List(before)}", $"after={List(after)}", $"value={value}");
        graph.Run(y, AnyChip(random)).IsExact();
    }, Cases);

    [Fact]
    public void Reshape_that_is_an_output() => Property.ForAll(Seeds, seed =>
    {
        var (random, graph) = (new Random(seed), new GraphRun());
        var (shape, dtype) = (Shape(random), OneOf(random, DTypes.Arithmetic));
        var x = graph.Input(dtype, shape, Values(random, dtype, Elements(shape)));
        graph.Run(graph.Node("reshape", [x], $"shape={List(shape.Reverse())}"), AnyChip(random)).IsExact();
    }, Cases / 2);
}
