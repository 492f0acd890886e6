namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>stationary[K, M] transposed times moving[K, N]: s = 0, then s = fma(a, b, s) for k ascending.</summary>
internal static class Product
{
    public static float[] Of(float[] stationary, float[] moving, int k)
    {
        var (m, n) = (stationary.Length / k, moving.Length / k);
        var result = new float[m * n];
        for (var row = 0; row < m; row++)
            for (var column = 0; column < n; column++)
            {
                var sum = 0f;
                for (var i = 0; i < k; i++) sum = MathF.FusedMultiplyAdd(stationary[i * m + row],
                    moving[i * n + column],
                    sum);
                result[row * n + column] = sum;
            }

        return result;
    }
}
