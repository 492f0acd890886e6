using TrnEmu.Reports.Lanes;

namespace TrnEmu.Tests.Reports.Lanes;

public sealed class BoxSinkTests
{
    [Theory]
    [InlineData("softmax", 40), InlineData("attention", 60), InlineData("matmul_naive", 100), InlineData("two_core_sum", 200), InlineData("sum_rows", 40)]
    public void Fewer_boxes_show_the_same_work(string kernel, int most)
    {
        var timed = TimedKernel.Run(kernel).Timed!;
        var (all, few) = (Boxes(timed, int.MaxValue), Boxes(timed, most));
        Assert.True(few.Sum(r => r.Boxes.Count) <= most);
        Assert.Equal(all.Select(r => (r.Lane, r.Row, Work(r.Boxes))), few.Select(r => (r.Lane, r.Row, Work(r.Boxes))));
        foreach (var (_, _, boxes) in few)
        {
            for (var i = 0; i < boxes.Count; i++)
            {
                Assert.True(boxes[i].Filled <= boxes[i].End - boxes[i].Start);
                if (i > 0) Assert.True(boxes[i - 1].End <= boxes[i].Start);
            }
        }
    }

    private static long Work(IReadOnlyList<Box> boxes) => boxes.Where(b => !b.IsWait).Sum(b => b.Filled);

    private static List<(Lane Lane, int Row, IReadOnlyList<Box> Boxes)> Boxes(TimedRun timed, int most)
    {
        var sink = new BoxSink(timed, most);
        timed.Replay(new SliceObserver(timed.Stream, sink));
        return [.. sink.Rows];
    }
}
