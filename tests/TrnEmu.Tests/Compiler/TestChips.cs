using TrnEmu.Core.Chips;

namespace TrnEmu.Tests.Compiler;

/// <summary>Chips that the compiler's tests use.</summary>
internal static class TestChips
{
    public static Chip Trn2 { get; } = Chip.Load("trn2");

    /// <summary>trn2 with a small SBUF.</summary>
    public static Chip WithSbuf(int bytes) =>
        Trn2 with { SbufBytesPerPartition = Trn2.SbufBytesPerPartition with { Value = bytes } };
}
