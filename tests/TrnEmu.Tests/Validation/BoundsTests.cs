using FsCheck.Fluent;
using TrnEmu.Tests.Support;
using TrnEmu.Validation;

namespace TrnEmu.Tests.Validation;

/// <summary>The arithmetic of limits, medians and curves.</summary>
public sealed class BoundsTests
{
    [Theory]
    [InlineData("us", 100, 124.9, true), InlineData("us", 100, 125.1, false), InlineData("us", 100, 74.9, false)]
    [InlineData("us", 10, 14.9, true), InlineData("us", 10, 15.1, false), InlineData("us", 24, 18.9, false)]
    [InlineData("ms", 0.01, 0.0149, true), InlineData("ms", 10, 12.6, false), InlineData("ns", 20_000, 24_999, true)]
    [InlineData("%", 10, 13, false), InlineData("GB/s", 10, 12.4, true)]
    public void A_row_is_near_enough(string unit, double measured, double predicted, bool allowed) =>
        Assert.Equal(allowed,
            Bounds.Allows(new Measurement("r", "trn2", "add") { Unit = unit, Values = [measured] }, predicted));

    [Theory]
    [InlineData(10, 20, 5, 6, true), InlineData(10, 20, 6, 5, false), InlineData(20, 10, 6, 5, true),
        InlineData(10, 20, 5, 5, false)]
    [InlineData(100, 100.5, 50, 48, true), InlineData(100, 100.5, 50, 52, true), InlineData(100, 100.5, 50, 53, true),
     InlineData(100, 100.5, 50, 47, false)]
    public void Two_rows_keep_their_order(double a, double b, double predictedA, double predictedB, bool kept) =>
        Assert.Equal(kept, Bounds.KeepsOrder(a, b, predictedA, predictedB));

    [Theory]
    [InlineData(new[] { 3.0 }, 3), InlineData(new[] { 9.0, 1, 5 }, 5), InlineData(new[] { 4.0, 1, 9, 2 }, 3)]
    public void The_median_is_in_the_middle(double[] values, double median) =>
        Assert.Equal(median, Statistics.Median(values));

    [Fact]
    public void Errors_are_summed_up()
    {
        var summary = ErrorSummary.Of([Result(100, 110, 120), Result(100, 30, null), Result(100, 80, 100)]);
        Assert.Equal((0.1 + 0.7 + 0.2) / 3, summary.MeanAbsolute, 1e-12);
        Assert.Equal(0.2, summary.MedianAbsolute, 1e-12);
        Assert.Equal(2.0 / 3, summary.WithinTwo, 1e-12);
        Assert.Equal(0.1, summary.MeanAbsoluteLeftOut, 1e-12);
    }

    [Fact]
    public void A_curve_meets_its_points_and_stays_between_them()
    {
        var points = Gen.Choose(-50, 50).Select(y => (double)y).ListOf(5).Where(l => l.Count == 5);
        Property.ForAll(points.Zip(Gen.Choose(0, 4000)), p =>
        {
            var curve = new ResponseCurve([.. p.Item1.Select((y, x) => ((double)x, y))]);
            for (var i = 0; i < 5; i++) Assert.Equal(p.Item1[i], curve.At(i));
            var (at, left) = (p.Item2 / 1000.0, Math.Min(3, p.Item2 / 1000));
            var (a, b) = (p.Item1[left], p.Item1[left + 1]);
            Assert.InRange(curve.At(at), Math.Min(a, b) - 1e-9, Math.Max(a, b) + 1e-9);
            Assert.Equal((p.Item1[0], p.Item1[4]), (curve.At(-1), curve.At(9)));
        });
    }

    private static RowResult Result(double measured, double predicted, double? leftOut) =>
        new(new Measurement("r", "trn2", "add") { Values = [measured] }, predicted, "", leftOut);
}
