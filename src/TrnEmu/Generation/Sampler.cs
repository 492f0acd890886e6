using TrnEmu.Core.Numerics.Generators;

namespace TrnEmu.Generation;

/// <summary>Chooses the next token from logits, on the host.</summary>
/// <param name="temperature">0 takes the largest logit; else tokens are drawn with probability softmax(logits /
/// temperature).</param>
/// <param name="seed">Determines what is drawn.</param>
internal sealed class Sampler(double temperature, long seed)
{
    private ulong _state = (ulong)seed;

    /// <summary>The token with the largest logit, the first of equal ones.</summary>
    public static int Largest(ReadOnlySpan<float> logits)
    {
        var best = 0;
        for (var i = 1; i < logits.Length; i++)
        {
            if (logits[i] > logits[best]) best = i;
        }

        return best;
    }

    /// <summary>The next token.</summary>
    public int Next(ReadOnlySpan<float> logits)
    {
        var largest = Largest(logits);
        if (temperature == 0) return largest;
        var sums = new double[logits.Length];
        var sum = 0.0;
        for (var i = 0; i < sums.Length; i++)
            sums[i] = sum += Math.Exp(((double)logits[i] - logits[largest]) / temperature);
        var drawn = Uniform() * sum;
        var token = Array.FindIndex(sums, s => s > drawn);
        return token < 0 ? largest : token;
    }

    /// <summary>The next number in [0, 1) of SplitMix64.</summary>
    private double Uniform() => (SplitMix64.Mix(_state += SplitMix64.Step) >> 11) * (1.0 / (1L << 53));
}
