using System.Buffers.Binary;
using System.Text;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;
using TrnEmu.Data;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Data;

/// <summary>Tensors to .npy files and back.</summary>
public sealed class NpyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<DType> DTypes => [.. Core.Numerics.DTypes.All];

    private string File => Path.Combine(_folder.Path, "t.npy");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(DTypes))]
    public void Every_element_comes_back(DType dtype)
    {
        var tensor = new TensorData("t", dtype, [4, 64], Bytes(dtype));
        Npy.Write(File, tensor);
        var back = Npy.Read(File, "t", dtype);
        Assert.Equal((tensor.Name, tensor.DType, tensor.Shape), (back.Name, back.DType, back.Shape));
        Assert.Equal(tensor.Bytes, back.Bytes);
    }

    [Theory]
    [InlineData("<f8", DType.Fp32)]
    [InlineData("<f8", DType.Bf16)]
    [InlineData("<i8", DType.Int32)]
    [InlineData("<i8", DType.Fp8E4M3)]
    public void Types_of_8_bytes_are_rounded(string descr, DType wanted)
    {
        double[] values = [0, 1, -3, 7, 100, -200];
        var body = new byte[8 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (descr == "<f8") BinaryPrimitives.WriteDoubleLittleEndian(body.AsSpan(8 * i), values[i]);
            else BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(8 * i), (long)values[i]);
        }

        Write($"{{'descr': '{descr}', 'fortran_order': False, 'shape': (2, 3), }}", body);
        var expected = TensorData.FromSingles("t", wanted, [2, 3], [.. values.Select(v => (float)v)]);
        Assert.Equal(expected.Bytes, Npy.Read(File, "t", wanted).Bytes);
    }

    [Theory]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }", "type >f4 is not supported")]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (1,), }", "Fortran order")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "has 4 bytes of data, expected 2 x 4")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", "is not understood")]
    [InlineData("{'shape': (1,), }", "is not understood")]
    public void What_cannot_be_read_is_said(string header, string problem)
    {
        Write(header, new byte[4]);
        Expect(problem, DType.Fp32);
    }

    [Fact]
    public void Packed_elements_come_as_integers_of_their_size()
    {
        Npy.Write(File, new TensorData("t", DType.UInt16, [2], [1, 2, 3, 4]));
        Assert.Equal([1, 2, 3, 4], Npy.Read(File, "t", DType.Fp4E2M1X4).Bytes);
        Expect("<u4 does", DType.Fp8E4M3FnX4);
    }

    [Fact]
    public void Other_files_are_no_arrays()
    {
        Expect("cannot be read", DType.Fp32);
        System.IO.File.WriteAllText(File, "PK, and so on: something else");
        Expect("is not a .npy file", DType.Fp32);
    }

    private void Expect(string problem, DType dtype)
    {
        var error = Assert.Throws<TrnException>(() => Npy.Read(File, "t", dtype));
        Assert.Equal("TRN1301", error.Diagnostics[0].Code.Id);
        Assert.Contains(problem, error.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    private void Write(string header, byte[] body) => System.IO.File.WriteAllBytes(
        File, [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. body]);

    /// <summary>256 elements: any bits where files keep them, else numbers, which have one pattern each.</summary>
    private static byte[] Bytes(DType dtype)
    {
        var random = new Random(1);
        var bytes = new byte[256 * dtype.Size()];
        if (dtype == DType.E8M0) return [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        random.NextBytes(bytes);
        if (!dtype.IsFloat()) return bytes;
        var values = Enumerable.Range(0, 256).Select(_ => random.NextSingle() * 4 - 2).ToArray();
        return TensorData.FromSingles("t", dtype, [256], values).Bytes;
    }
}
