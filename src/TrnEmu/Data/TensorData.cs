using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Data;

/// <summary>The values of a tensor on the host: row-major, as the bytes that HBM holds.</summary>
/// <param name="Name">Name of the tensor.</param>
/// <param name="DType">Type of the elements.</param>
/// <param name="Shape">Extents, outermost first.</param>
/// <param name="Bytes">The elements.</param>
public sealed record TensorData(string Name, DType DType, EquatableArray<int> Shape, byte[] Bytes)
{
    /// <summary>Number of elements.</summary>
    public int Count => Bytes.Length / DType.Size();

    /// <summary>Lower-case hexadecimal SHA-256 of the bytes.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Bytes));

    /// <summary>
    /// The values widened to fp32 (exact for all types but 32-bit integers beyond 2^24); packed types have none.
    /// </summary>
    public float[] ToSingles()
    {
        var values = new float[Count];
        Conversions.Widen(DType, Bytes, values);
        return values;
    }

    /// <summary>The values widened to fp64 (exact for all types).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double[] ToDoubles()
    {
        var values = new double[Count];
        if (DType is DType.Int32 or DType.UInt32)
        {
            for (var i = 0; i < values.Length; i++)
            {
                var bits = BitConverter.ToUInt32(Bytes, i * 4);
                values[i] = DType == DType.Int32 ? (int)bits : bits;
            }

            return values;
        }

        var singles = ToSingles();
        for (var i = 0; i < values.Length; i++) values[i] = singles[i];
        return values;
    }

    /// <summary>
    /// Rounds fp64 values to a dtype, by way of fp32; 32-bit integers are kept exactly, the fraction cut.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TensorData FromDoubles(string name, DType dtype, EquatableArray<int> shape, ReadOnlySpan<double> values)
    {
        if (dtype is DType.Int32 or DType.UInt32)
        {
            var integers = new byte[values.Length * sizeof(int)];
            for (var i = 0; i < values.Length; i++)
                BinaryPrimitives.WriteInt32LittleEndian(integers.AsSpan(i * sizeof(int)), unchecked((int)(long)values[i]));
            return new TensorData(name, dtype, shape, integers);
        }

        var singles = new float[values.Length];
        for (var i = 0; i < values.Length; i++) singles[i] = (float)values[i];
        return FromSingles(name, dtype, shape, singles);
    }

    /// <summary>Rounds fp32 values to a dtype, to nearest even.</summary>
    public static TensorData FromSingles(string name, DType dtype, EquatableArray<int> shape, ReadOnlySpan<float> values)
    {
        var bytes = new byte[values.Length * dtype.Size()];
        Conversions.Narrow(dtype, values, bytes);
        return new TensorData(name, dtype, shape, bytes);
    }
}
