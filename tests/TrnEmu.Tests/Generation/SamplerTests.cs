using TrnEmu.Generation;

namespace TrnEmu.Tests.Generation;

public sealed class SamplerTests
{
    [Fact]
    public void Without_temperature_the_first_of_the_largest_wins() =>
        Assert.Equal(1, new Sampler(0, 7).Next([0f, 3f, 3f, -1f]));

    /// <summary>20,000 draws: the shares are within 0.015 of softmax, more than four standard deviations of
    /// 0.0035.</summary>
    [Fact]
    public void Tokens_are_drawn_by_softmax_of_logits_over_temperature()
    {
        const int Draws = 20_000;
        float[] logits = [0, 2, 4];
        var sampler = new Sampler(2, seed: 3);
        var counts = new int[logits.Length];
        for (var i = 0; i < Draws; i++) counts[sampler.Next(logits)]++;
        var sum = logits.Sum(l => Math.Exp(l / 2));
        for (var i = 0; i < logits.Length; i++)
            Assert.Equal(Math.Exp(logits[i] / 2) / sum, (double)counts[i] / Draws, 0.015);
    }
}
