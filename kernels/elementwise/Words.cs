namespace TrnEmu.Kernels.Elementwise;

/// <summary>
/// Integers as 32-bit words, on which GpSimd computes exactly modulo 2^32; the low bits of a word are the narrower
/// integer modulo 2^bits.
/// </summary>
internal static class Words
{
    /// <summary>The words of integers: uint32 as it is, all others int32.</summary>
    public static TensorView Of(ElementTile t, TensorView x)
    {
        if (x.DType.Size() == sizeof(int)) return x;
        var words = t.New("words", DType.Int32);
        t.Copy(words, x);
        return words;
    }

    /// <summary>Records dst = the low bits of words.</summary>
    /// <param name="t">The tile.</param>
    /// <param name="dst">[P, F] of any integer type.</param>
    /// <param name="words">[P, F] of integers at least as wide, in neighbouring bytes.</param>
    public static void Store(ElementTile t, TensorView dst, TensorView words)
    {
        var parts = words.DType.Size() / dst.DType.Size();
        var low = words.As(dst.DType);
        if (parts > 1) low = low.Reshape([words.Shape[0], words.Shape[1], parts])[.., .., ..1];
        t.Copy(dst, low);
    }
}
