using FsCheck;
using FsCheck.Fluent;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Tests.Compiler.Importers;

/// <summary>Damaged copies of a file, and what a reader may do with them.</summary>
internal static class Damage
{
    /// <summary>Cut, lengthened, with bytes overwritten: half of them in the header, where they matter most.</summary>
    public static Gen<byte[]> Of(byte[] whole, int headerBytes) =>
        from length in Gen.Frequency(
            (1, Gen.Choose(0, whole.Length + 9)), (6, Gen.Constant(whole.Length)))
        from places in Gen.ListOf(Gen.OneOf(Gen.Choose(0, headerBytes - 1), Gen.Choose(0, whole.Length - 1)))
        from value in Gen.OneOf(Gen.Choose(0, 255), Gen.Choose('0', '9'), Gen.Elements(0, 1, 255, '"', '[', ',', '-', 'e'))
        select Apply(whole, length, [.. places], (byte)value);

    /// <summary>The reader gives something, or findings about the file; no other exception.</summary>
    public static void GivesModelOrFindings(Func<int> read)
    {
        try
        {
            Assert.True(read() > 0);
        }
        catch (TrnException e)
        {
            Assert.Equal(FailureKind.BadInput, e.Kind);
            Assert.NotEmpty(e.Diagnostics);
        }
    }

    private static byte[] Apply(byte[] whole, int length, int[] places, byte value)
    {
        var bytes = whole.ToArray();
        Array.Resize(ref bytes, length);
        foreach (var place in places.Where(p => p < length)) bytes[place] = value;
        return bytes;
    }
}
