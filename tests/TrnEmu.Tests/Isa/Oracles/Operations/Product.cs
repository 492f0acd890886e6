namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>
/// stationary[K, layers, M] transposed times moving[K, layers, N]: s = 0, then s = fma(a, b, s) for k ascending and for
/// each k the layers in order.
/// </summary>
internal static class Product
{
    public static float[] Of(float[] stationary, float[] moving, int k, int layers = 1)
    {
        var (m, n) = (stationary.Length / k / layers, moving.Length / k / layers);
        var result = new float[m * n];
        for (var row = 0; row < m; row++)
            for (var column = 0; column < n; column++)
            {
                var sum = 0f;
                for (var i = 0; i < k; i++)
                    for (var layer = 0; layer < layers; layer++)
                        sum = MathF.FusedMultiplyAdd(stationary[(i * layers + layer) * m + row],
                            moving[(i * layers + layer) * n + column], sum);
                result[row * n + column] = sum;
            }

        return result;
    }
}
