namespace TrnEmu.Core.Text;

/// <summary>
/// What a text may ask for, so that a hostile file costs a diagnostic and not the machine: beyond every chip, within
/// what a 64-bit address computation holds.
/// </summary>
public static class TextLimits
{
    /// <summary>Tensors of a program.</summary>
    public const int Tensors = 1 << 20;

    /// <summary>Cores of a program.</summary>
    public const int Cores = 1024;

    /// <summary>Operations of a program, over all cores.</summary>
    public const int Operations = 1 << 24;

    /// <summary>Extents of a tensor's shape.</summary>
    public const int Rank = 32;

    /// <summary>Elements of a tensor or of an access pattern: 2^40.</summary>
    public const long Elements = 1L << 40;

    /// <summary>
    /// Elements or bytes from one end of an access pattern to the other, and its offset, in either direction: 2^48.
    /// </summary>
    public const long Reach = 1L << 48;

    /// <summary>Items of a list, runs of a mixed accumulation, waits or signals of an operation.</summary>
    public const int Items = 1 << 20;

    /// <summary>Characters of a name.</summary>
    public const int Name = 256;

    /// <summary>Errors of a text; reading stops there.</summary>
    public const int Errors = 1000;

    /// <summary>Last byte of a partition that an address may name.</summary>
    public const int Address = (1 << 30) - 1;
}
