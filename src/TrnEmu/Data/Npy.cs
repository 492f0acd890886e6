using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Data;

/// <summary>
/// Reads and writes NumPy's .npy files (format 1.0 to 3.0, little-endian, C order). Types that npy lacks (bf16, tf32, fp8,
/// e8m0) are written as fp32, which is exact; packed types as unsigned integers of their size, bits kept.
/// </summary>
public static partial class Npy
{
    private const int MaxHeaderBytes = 1 << 16;

    /// <summary>The file is no .npy file that can be used here.</summary>
    public static readonly DiagnosticCode BadFile = new(
        "TRN1301", "npy file", "The file is missing, is not a .npy file, or has a type or order that is not supported.",
        "Save it with numpy.save as a C-ordered little-endian array of f4, f2, f8, i4, u4, i2, u2, i1 or u1.");

    /// <summary>Writes the tensor as `path`.</summary>
    public static void Write(string path, TensorData data)
    {
        var dtype = Stored(data.DType);
        var bytes = dtype == data.DType || data.DType.IsPacked() ? data.Bytes : Widened(data);
        var shape = string.Join(", ", data.Shape) + (data.Shape.Count == 1 ? "," : "");
        var header = $"{{'descr': '{Descr(dtype)}', 'fortran_order': False, 'shape': ({shape}), }}";
        var padded = header.PadRight((header.Length + 1 + 10 + 63) / 64 * 64 - 11) + "\n";
        using var file = File.Create(path);
        file.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)padded.Length, (byte)(padded.Length >> 8)]);
        file.Write(Encoding.ASCII.GetBytes(padded));
        file.Write(bytes);
    }

    /// <summary>
    /// Reads `path` as a tensor of that name and dtype; values are rounded to the dtype where the file has another.
    /// </summary>
    /// <exception cref="TrnException">TRN1301.</exception>
    public static TensorData Read(string path, string name, DType wanted)
    {
        var file = Open(path);
        return Convert(path, name, wanted, file.Descr, file.Shape, file.Body.Span);
    }

    /// <summary>
    /// Reads `path` as numbers, whatever its type: also 8-byte integers (exact up to 2^53) and booleans, 0 or 1.
    /// </summary>
    /// <exception cref="TrnException">TRN1301.</exception>
    public static (int[] Shape, double[] Values) ReadNumbers(string path)
    {
        var (descr, shape, memory) = Open(path);
        var body = memory.Span;
        var size = descr[^1] - '0';
        var values = new double[body.Length / size];
        for (var i = 0; i < values.Length; i++)
            values[i] = Number(descr, body[(i * size)..]) ?? throw Bad(path, $"type {descr} is not supported");
        return (shape, values);
    }

    private static (string Descr, int[] Shape, ReadOnlyMemory<byte> Body) Open(string path)
    {
        byte[] file;
        try
        {
            file = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Bad(path, $"cannot be read: {e.Message}");
        }

        if (file.Length < 12 || file[0] != 0x93 || !file.AsSpan(1, 5).SequenceEqual("NUMPY"u8)) throw Bad(path, "is not a .npy file");
        var isV1 = file[6] == 1;
        var start = isV1 ? 10 : 12;
        var length = isV1 ? BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(8)) : BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(8));
        if (length > MaxHeaderBytes || start + length > file.Length) throw Bad(path, $"header of {length} bytes is longer than the file");
        var header = Encoding.UTF8.GetString(file, start, (int)length);
        return Parse(path, header, file.AsMemory(start + (int)length));
    }

    private static (string Descr, int[] Shape, ReadOnlyMemory<byte> Body) Parse(
        string path, string header, ReadOnlyMemory<byte> body)
    {
        var match = Header().Match(header);
        if (!match.Success) throw Bad(path, $"header {header.Trim()} is not understood");
        if (match.Groups["order"].Value == "True") throw Bad(path, "is in Fortran order, expected C order");
        var shape = Shape(path, match.Groups["shape"].Value);
        long elements = 1;
        foreach (var extent in shape) elements = Math.Min(elements * extent, long.MaxValue / int.MaxValue);
        var descr = match.Groups["descr"].Value;
        var size = descr.Length > 2 && char.IsAsciiDigit(descr[^1]) ? descr[^1] - '0' : 0;
        if (size == 0 || body.Length != elements * size) throw Bad(path, $"has {body.Length} bytes of data, expected {elements} x {size}");
        return (descr, shape, body);
    }

    /// <summary>The first element; null where the type is none of numbers.</summary>
    private static double? Number(string descr, ReadOnlySpan<byte> element) => descr.Replace('=', '<') switch
    {
        "<f8" => BinaryPrimitives.ReadDoubleLittleEndian(element),
        "<f4" => BinaryPrimitives.ReadSingleLittleEndian(element),
        "<f2" => (double)BinaryPrimitives.ReadHalfLittleEndian(element),
        "<i8" => BinaryPrimitives.ReadInt64LittleEndian(element),
        "<u8" => BinaryPrimitives.ReadUInt64LittleEndian(element),
        "<i4" => BinaryPrimitives.ReadInt32LittleEndian(element),
        "<u4" => BinaryPrimitives.ReadUInt32LittleEndian(element),
        "<i2" => BinaryPrimitives.ReadInt16LittleEndian(element),
        "<u2" => BinaryPrimitives.ReadUInt16LittleEndian(element),
        "|i1" => (sbyte)element[0],
        "|u1" or "|b1" => element[0],
        _ => null,
    };

    private static TensorData Convert(string path, string name, DType wanted, string descr, int[] shape, ReadOnlySpan<byte> body)
    {
        EquatableArray<int> extents = [.. shape.Length == 0 ? [1] : shape];
        foreach (var dtype in DTypes.All)
        {
            if (Stored(dtype) != dtype || Descr(dtype) != descr.Replace('=', '<')) continue;
            var data = new TensorData(name, dtype, extents, body.ToArray());
            if (wanted.IsPacked()) return Packed(path, data, wanted);
            return dtype == wanted ? data : TensorData.FromSingles(name, wanted, extents, data.ToSingles());
        }

        if (wanted.IsPacked()) throw Bad(path, $"type {descr} does not hold {wanted.Name()}, {Descr(Stored(wanted))} does");
        if (descr is not ("<f8" or "<i8")) throw Bad(path, $"type {descr} is not supported");
        var values = new float[body.Length / 8];
        for (var i = 0; i < values.Length; i++)
        {
            var element = body[(i * 8)..];
            values[i] = descr == "<f8" ? (float)BinaryPrimitives.ReadDoubleLittleEndian(element) : BinaryPrimitives.ReadInt64LittleEndian(element);
        }

        return TensorData.FromSingles(name, wanted, extents, values);
    }

    private static int[] Shape(string path, string text)
    {
        try
        {
            return [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(t => int.Parse(t, NumberStyles.None, CultureInfo.InvariantCulture))];
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw Bad(path, $"shape ({text}) is not understood");
        }
    }

    private static byte[] Widened(TensorData data)
    {
        var bytes = new byte[data.Count * 4];
        Buffer.BlockCopy(data.ToSingles(), 0, bytes, 0, bytes.Length);
        return bytes;
    }

    /// <summary>Packed elements come as unsigned integers of their size.</summary>
    private static TensorData Packed(string path, TensorData data, DType wanted) => data.DType == Stored(wanted)
        ? data with { DType = wanted }
        : throw Bad(path, $"type {Descr(data.DType)} does not hold {wanted.Name()}, {Descr(Stored(wanted))} does");

    /// <summary>The dtype as which a file holds another.</summary>
    private static DType Stored(DType dtype) => dtype switch
    {
        DType.Fp8E4M3FnX4 or DType.Fp8E5M2X4 => DType.UInt32,
        DType.Fp4E2M1X4 => DType.UInt16,
        DType.Fp16 => dtype,
        _ => dtype.IsInteger() ? dtype : DType.Fp32,
    };

    private static string Descr(DType dtype) => dtype switch
    {
        DType.Fp32 => "<f4",
        DType.Fp16 => "<f2",
        DType.Int32 => "<i4",
        DType.UInt32 => "<u4",
        DType.Int16 => "<i2",
        DType.UInt16 => "<u2",
        DType.Int8 => "|i1",
        _ => "|u1",
    };

    private static TrnException Bad(string path, string problem) =>
        new(FailureKind.BadInput, Diagnostic.Error(BadFile, problem, new SourceSpan(path, 0)));

    [GeneratedRegex(@"'descr':\s*'(?<descr>[^']*)'.*'fortran_order':\s*(?<order>True|False).*'shape':\s*\((?<shape>[^)]*)\)", RegexOptions.Singleline)]
    private static partial Regex Header();
}
