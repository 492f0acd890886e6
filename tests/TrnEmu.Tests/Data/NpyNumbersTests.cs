using System.Text;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Data;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Data;

/// <summary>Numbers of a .npy file whatever its type.</summary>
public sealed class NpyNumbersTests
{
    [Theory]
    [InlineData("<i8", new byte[] { 1, 0, 0, 0, 0, 0, 16, 0, 254, 255, 255, 255, 255, 255, 255, 255 }, new[] { 4503599627370497.0, -2 })]
    [InlineData("<u8", new byte[] { 0, 0, 0, 0, 0, 0, 0, 128, 3, 0, 0, 0, 0, 0, 0, 0 }, new[] { 9223372036854775808.0, 3 })]
    [InlineData("|b1", new byte[] { 1, 0 }, new[] { 1.0, 0 })]
    [InlineData("<f8", new byte[] { 0, 0, 0, 0, 0, 0, 240, 191, 0, 0, 0, 0, 0, 0, 0, 64 }, new[] { -1.0, 2 })]
    [InlineData("<f4", new byte[] { 0, 0, 128, 63, 0, 0, 128, 191 }, new[] { 1.0, -1 })]
    [InlineData("<f2", new byte[] { 0, 60, 0, 188 }, new[] { 1.0, -1 })]
    [InlineData("=i4", new byte[] { 255, 255, 255, 255, 7, 0, 0, 0 }, new[] { -1.0, 7 })]
    [InlineData("<u4", new byte[] { 255, 255, 255, 255, 7, 0, 0, 0 }, new[] { 4294967295.0, 7 })]
    [InlineData("<i2", new byte[] { 255, 255, 7, 0 }, new[] { -1.0, 7 })]
    [InlineData("<u2", new byte[] { 255, 255, 7, 0 }, new[] { 65535.0, 7 })]
    [InlineData("|i1", new byte[] { 255, 7 }, new[] { -1.0, 7 })]
    [InlineData("|u1", new byte[] { 255, 7 }, new[] { 255.0, 7 })]
    public void Every_type_of_numbers_is_read(string descr, byte[] body, double[] expected)
    {
        using var folder = new TemporaryFolder();
        var (shape, values) = Npy.ReadNumbers(Write(folder, descr, "1, 2", body));
        Assert.Equal([1, 2], shape);
        Assert.Equal(expected, values);
    }

    [Fact]
    public void One_number_has_no_extents()
    {
        using var folder = new TemporaryFolder();
        Assert.Empty(Npy.ReadNumbers(Write(folder, "|u1", "", [9])).Shape);
    }

    [Fact]
    public void Text_is_refused()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<TrnException>(() => Npy.ReadNumbers(Write(folder, "<U1", "1", [65])));
        Assert.Contains("<U1", error.Message, StringComparison.Ordinal);
    }

    private static string Write(TemporaryFolder folder, string descr, string shape, byte[] body)
    {
        var header = $"{{'descr': '{descr}', 'fortran_order': False, 'shape': ({shape}), }}\n";
        var path = Path.Combine(folder.Path, "x.npy");
        File.WriteAllBytes(path, [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. body]);
        return path;
    }
}
