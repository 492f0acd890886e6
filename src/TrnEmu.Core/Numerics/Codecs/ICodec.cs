using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Codecs;

/// <summary>
/// How 16 neighbouring elements of one dtype become fp32 and back. Load is exact but for 32-bit integers (to nearest
/// even). Store rounds to nearest even; integers saturate and take NaN as 0; a NaN becomes the canonical one.
/// </summary>
internal unsafe interface ICodec
{
    /// <summary>Bytes of one element.</summary>
    static abstract int Size { get; }

    /// <summary>Widens the 16 elements at <paramref name="p"/>.</summary>
    static abstract Vector512<float> Load(byte* p);

    /// <summary>Rounds 16 values to the elements at <paramref name="p"/>.</summary>
    static abstract void Store(byte* p, Vector512<float> x);
}
