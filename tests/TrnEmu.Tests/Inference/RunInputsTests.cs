using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;
using TrnEmu.Inference;

namespace TrnEmu.Tests.Inference;

/// <summary>Which arrays hold several runs, and how their results are put together.</summary>
public sealed class RunInputsTests
{
    [Theory]
    [InlineData(new[] { 4, 2 }, new[] { 4, 2 }, 1, false)]
    [InlineData(new[] { 4, 2 }, new[] { 3, 4, 2 }, 3, false)]
    [InlineData(new[] { 1, 2 }, new[] { 3, 2 }, 3, true)]
    [InlineData(new[] { 1, 2 }, new[] { 1, 2 }, 1, false)]
    [InlineData(new[] { -1, 2 }, new[] { 3, 2 }, 1, false)]
    [InlineData(new int[0], new[] { 5 }, 5, false)]
    [InlineData(new[] { 2 }, new[] { 1, 2 }, 1, false)]
    public void A_leading_index_more_or_a_longer_first_extent_of_1_counts_runs(int[] declared, int[] given, int runs, bool alongFirst)
    {
        var inputs = Inputs(("x", given, declared));
        Assert.Equal((runs, alongFirst), (inputs.Runs, inputs.AlongFirst));
        var numbers = Enumerable.Range(0, runs).SelectMany(r => inputs[r]["x"].Numbers);
        Assert.Equal(Enumerable.Range(0, given.Aggregate(1, (n, e) => n * e)).Select(i => (double)i), numbers);
        Assert.Equal(declared.Length, inputs[0]["x"].Shape.Length);
    }

    [Fact]
    public void What_has_one_run_serves_all()
    {
        var inputs = Inputs(("x", [3, 2], [2]), ("y", [2], [2]));
        Assert.Equal([4, 5], inputs[2]["x"].Numbers);
        Assert.Equal([0, 1], inputs[2]["y"].Numbers);
    }

    [Fact]
    public void Arrays_for_other_numbers_of_runs_are_refused()
    {
        var error = Assert.Throws<TrnException>(() => Inputs(("x", [3, 2], [2]), ("y", [4, 2], [2])));
        Assert.Contains("input y has 4 runs, x has 3", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, false, new[] { 1, 2 })]
    [InlineData(3, false, new[] { 3, 1, 2 })]
    [InlineData(3, true, new[] { 3, 2 })]
    public void Results_lie_as_the_inputs_do(int runs, bool alongFirst, int[] shape)
    {
        var outputs = new RunOutputs(runs, alongFirst);
        for (var r = 0; r < runs; r++) outputs.Add("y", DType.Int32, new Values([1, 2], [2 * r, 2 * r + 1]));
        var all = Assert.Single(outputs.All);
        Assert.Equal(shape, all.Shape);
        Assert.Equal(Enumerable.Range(0, 2 * runs).Select(i => (double)i), all.ToDoubles());
    }

    private static RunInputs Inputs(params (string Name, int[] Given, int[] Declared)[] inputs) => new(
        inputs.ToDictionary(i => i.Name, i => new Values(
            i.Given, [.. Enumerable.Range(0, i.Given.Aggregate(1, (n, e) => n * e)).Select(v => (double)v)])),
        inputs.ToDictionary(i => i.Name, i => i.Declared.Select(d => d < 0 ? (int?)null : d).ToArray()));
}
