namespace TrnEmu.Core.Memory;

/// <summary>What fills a tensor before the program starts.</summary>
/// <param name="Kind">Which generator, or bytes of the file beside the program.</param>
/// <param name="Seed">Seed of <see cref="ContentKind.Random"/>.</param>
/// <param name="Offset">First byte in the file of constants.</param>
/// <param name="Length">Bytes in the file of constants.</param>
/// <param name="Sha256">Hash of those bytes, lower-case hexadecimal.</param>
public sealed record TensorContent(ContentKind Kind, long Seed = 0, long Offset = 0, long Length = 0, string Sha256 = "");

/// <summary>Where the values of an input or constant come from.</summary>
public enum ContentKind : byte
{
    /// <summary>Seeded random values: floats in [-1, 1), integers small and not negative.</summary>
    Random,

    /// <summary>All zero.</summary>
    Zeros,

    /// <summary>0, 1, 2, … in row-major order.</summary>
    Iota,

    /// <summary>Bytes of the file that lies beside the program.</summary>
    File,
}
