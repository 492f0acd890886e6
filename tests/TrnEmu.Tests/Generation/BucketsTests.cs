using TrnEmu.Generation;

namespace TrnEmu.Tests.Generation;

public sealed class BucketsTests
{
    [Theory]
    [InlineData(1, 512, 32)]
    [InlineData(32, 512, 32)]
    [InlineData(33, 512, 64)]
    [InlineData(300, 512, 512)]
    [InlineData(300, 400, 400)]
    [InlineData(5, 16, 16)]
    public void The_smallest_double_that_fits_but_no_more_than_the_model_has(int positions, int limit, int bucket) =>
        Assert.Equal(bucket, Buckets.Of(positions, limit));
}
