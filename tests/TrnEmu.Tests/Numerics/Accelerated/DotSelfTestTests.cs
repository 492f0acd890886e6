using TrnEmu.Core.Numerics.Accelerated;
using Xunit;

namespace TrnEmu.Tests.Numerics.Accelerated;

/// <summary>The self-test passes what computes as the scalar meaning does and nothing that differs from it anywhere.</summary>
public sealed class DotSelfTestTests
{
    [Fact]
    public void What_computes_the_meaning_passes() => Assert.True(DotSelfTest.Passes<KernelPairScalar<ScalarPairs>>());

    [Fact]
    public void Terms_in_the_other_order_fail() => Assert.False(DotSelfTest.Passes<KernelPairScalar<OtherOrder>>());

    [Fact]
    public void One_rounding_for_two_terms_fails() => Assert.False(DotSelfTest.Passes<KernelPairScalar<RoundedOnce>>());

    [Fact]
    public void Products_that_overflow_by_themselves_fail() => Assert.False(DotSelfTest.Passes<KernelPairScalar<Unfused>>());

    [Fact]
    public void Small_numbers_taken_for_zero_fail() => Assert.False(DotSelfTest.Passes<KernelPairScalar<Flushed>>());

    [Fact]
    public void A_NaN_as_the_processor_makes_it_fails() => Assert.False(DotSelfTest.Passes<KernelPairScalar<RawNaN>>());

    [Fact]
    public void A_wrong_last_bit_of_an_added_sum_fails() => Assert.False(DotSelfTest.Passes<KernelPairScalar<LastBit>>());

    private readonly struct OtherOrder : IPairArithmetic
    {
        public static float Add(float sum, float a0, float b0, float a1, float b1) => ScalarPairs.Add(sum, a1, b1, a0, b0);

        public static float End(float old, float sum, bool accumulate) => ScalarPairs.End(old, sum, accumulate);
    }

    private readonly struct RoundedOnce : IPairArithmetic
    {
        public static float Add(float sum, float a0, float b0, float a1, float b1) =>
            (float)((double)a0 * b0 + (double)a1 * b1 + sum);

        public static float End(float old, float sum, bool accumulate) => ScalarPairs.End(old, sum, accumulate);
    }

    private readonly struct Unfused : IPairArithmetic
    {
        public static float Add(float sum, float a0, float b0, float a1, float b1) => sum + a0 * b0 + a1 * b1;

        public static float End(float old, float sum, bool accumulate) => ScalarPairs.End(old, sum, accumulate);
    }

    private readonly struct Flushed : IPairArithmetic
    {
        private const float Small = 2 * 1.17549435e-38f;

        public static float Add(float sum, float a0, float b0, float a1, float b1) =>
            MathF.Abs(ScalarPairs.Add(sum, a0, b0, a1, b1)) < Small ? 0 : ScalarPairs.Add(sum, a0, b0, a1, b1);

        public static float End(float old, float sum, bool accumulate) => ScalarPairs.End(old, sum, accumulate);
    }

    private readonly struct RawNaN : IPairArithmetic
    {
        public static float Add(float sum, float a0, float b0, float a1, float b1) => ScalarPairs.Add(sum, a0, b0, a1, b1);

        public static float End(float old, float sum, bool accumulate) =>
            float.IsNaN(ScalarPairs.End(old, sum, accumulate)) ? float.NaN : ScalarPairs.End(old, sum, accumulate);
    }

    private readonly struct LastBit : IPairArithmetic
    {
        public static float Add(float sum, float a0, float b0, float a1, float b1) => ScalarPairs.Add(sum, a0, b0, a1, b1);

        public static float End(float old, float sum, bool accumulate) =>
            accumulate ? MathF.BitIncrement(old + sum) : ScalarPairs.End(old, sum, accumulate);
    }
}
