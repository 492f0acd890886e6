namespace TrnEmu.Inference;

/// <summary>Numbers of a tensor on the host.</summary>
/// <param name="Shape">Extents; none for one number.</param>
/// <param name="Numbers">The elements in row-major order.</param>
internal sealed record Values(int[] Shape, double[] Numbers)
{
    /// <summary>Element <paramref name="index"/> of the first dimension, under the given shape.</summary>
    public Values Part(int index, int[] shape)
    {
        var length = Numbers.Length / Shape[0];
        return new Values(shape, Numbers.AsSpan(index * length, length).ToArray());
    }
}
