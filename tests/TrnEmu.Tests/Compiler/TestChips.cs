using TrnEmu.Core.Chips;

namespace TrnEmu.Tests.Compiler;

/// <summary>Chips by what the compiler asks of them.</summary>
internal static class TestChips
{
    public static Chip Trn1 { get; } = Make("trn1", 2, 192);

    public static Chip Trn2 { get; } = Make("trn2", 3, 224);

    public static Chip Trn3 { get; } = Make("trn3", 4, 256);

    public static IReadOnlyList<Chip> All { get; } = [Trn1, Trn2, Trn3];

    public static Chip WithSbuf(int bytes) => Trn2 with { SbufBytesPerPartition = Count(bytes) };

    private static Chip Make(string name, int generation, int kibibytes) => new()
    {
        Name = name,
        Title = name,
        Generation = generation,
        Cores = Count(2),
        SbufBytesPerPartition = Count(kibibytes * 1024),
        PsumBanks = Count(8),
        PsumBankBytes = Count(2048),
        HbmBytes = Count(1L << 34),
    };

    private static Quantity Count(double value) => new(value, "", Basis.Documented, "test");
}
