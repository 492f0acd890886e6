using System.Buffers.Binary;
using TrnEmu.Compiler.Importers.Onnx.Proto;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>Checks the tensors of a file against their data and decodes them on demand.</summary>
/// <param name="file">The model's path, for messages and external data.</param>
internal sealed class TensorReader(string file)
{
    private readonly ExternalData _external = new(file);

    /// <summary>Type, shape and values of a tensor; nothing is decoded yet.</summary>
    /// <exception cref="TrnException">Extents, type and data do not fit together.</exception>
    public (OnnxType Type, int[] Shape, ConstantData Data) Read(TensorProto tensor, string name)
    {
        var type = (OnnxType)tensor.DataType;
        if (!type.IsKnown()) throw Bad(name, $"has element type {type.Name()}, which is not supported");
        if (tensor.Segment is not null) throw Bad(name, $"is stored in segments, which is not supported");
        var shape = Shape(tensor, name);
        var count = shape.Aggregate(1L, (n, e) => n * e);
        Func<double[]> read;
        if (tensor.DataLocation != 0) read = External(tensor, type, (int)count, name);
        else if (!tensor.RawData.IsEmpty || Fields(tensor) == 0) read = Raw(tensor, type, (int)count, name);
        else read = Typed(tensor, type, (int)count, name);
        return (type, shape, new ConstantData((int)count, read));
    }

    private int[] Shape(TensorProto tensor, string name)
    {
        if (tensor.Dims.Count > 64) throw Bad(name, $"has {tensor.Dims.Count} dimensions, limit 64");
        Int128 count = 1;
        foreach (var extent in tensor.Dims)
        {
            if (extent is < 0 or > int.MaxValue) throw Bad(name, $"has extent {extent}, expected 0 to {int.MaxValue}");
            count = Int128.Min(count * extent, Int128.MaxValue >> 40);
            if (count > int.MaxValue / 8) throw Bad(name, $"has more than {int.MaxValue / 8} elements");
        }

        return [.. tensor.Dims.Select(d => (int)d)];
    }

    private Func<double[]> Raw(TensorProto tensor, OnnxType type, int count, string name)
    {
        var bytes = tensor.RawData.Memory;
        if (bytes.Length != ByteCount(type, count))
            throw Bad(name, $"has {bytes.Length} bytes, expected {ByteCount(type, count)} for {count} of {type.Name()}");
        return () => Decode(type, bytes.Span, count);
    }

    private Func<double[]> External(TensorProto tensor, OnnxType type, int count, string name)
    {
        var place = _external.Find(tensor, ByteCount(type, count), name);
        return () => Decode(type, place.Read(), count);
    }

    private Func<double[]> Typed(TensorProto tensor, OnnxType type, int count, string name)
    {
        var (stored, bits) = type switch
        {
            OnnxType.Float => (tensor.FloatData.Count, i => BitConverter.SingleToUInt32Bits(tensor.FloatData[i])),
            OnnxType.Double => (tensor.DoubleData.Count, i => BitConverter.DoubleToUInt64Bits(tensor.DoubleData[i])),
            OnnxType.Int64 => (tensor.Int64Data.Count, i => (ulong)tensor.Int64Data[i]),
            OnnxType.UInt64 or OnnxType.UInt32 => (tensor.Uint64Data.Count, i => tensor.Uint64Data[i]),
            _ => (tensor.Int32Data.Count, (Func<int, ulong>)(i => (ulong)tensor.Int32Data[i])),
        };
        var (size, packed) = (type.Bits(), type.Bits() < 8 ? 8 / type.Bits() : 1);
        if (stored != (count + packed - 1) / packed)
            throw Bad(name, $"has {stored} values, expected {(count + packed - 1) / packed} for {count} of {type.Name()}");
        return () =>
        {
            var values = new double[count];
            for (var i = 0; i < count; i++) values[i] = HostTypes.Decode(type, bits(i / packed) >> (i % packed * size));
            return values;
        };
    }

    private static double[] Decode(OnnxType type, ReadOnlySpan<byte> bytes, int count)
    {
        var values = new double[count];
        var bits = type.Bits();
        for (var i = 0; i < count; i++)
        {
            values[i] = HostTypes.Decode(type, bits switch
            {
                64 => BinaryPrimitives.ReadUInt64LittleEndian(bytes[(i * 8)..]),
                32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes[(i * 4)..]),
                16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes[(i * 2)..]),
                8 => bytes[i],
                _ => (ulong)bytes[i * bits / 8] >> (i * bits % 8),
            });
        }

        return values;
    }

    private static long ByteCount(OnnxType type, int count) => ((long)count * type.Bits() + 7) / 8;

    private static int Fields(TensorProto t) => t.FloatData.Count + t.DoubleData.Count + t.Int32Data.Count
        + t.Int64Data.Count + t.Uint64Data.Count;

    private TrnException Bad(string name, FormattableString problem) => OnnxErrors.Bad(
        file, OnnxCodes.Tensor, $"tensor {OnnxErrors.Shown(name)} {FormattableString.Invariant(problem)}");
}
