namespace TrnEmu.Generation;

/// <summary>
/// Lengths of the caches for which programs are compiled: attention reads the whole cache of its program, so short
/// sequences get short ones; doubling makes few programs serve all lengths.
/// </summary>
internal static class Buckets
{
    private const int Smallest = 32;

    /// <summary>The smallest that holds so many positions: 32, 64, 128, … but no more than the model has.</summary>
    public static int Of(int positions, int limit)
    {
        var bucket = Smallest;
        while (bucket < positions) bucket *= 2;
        return Math.Min(bucket, limit);
    }
}
