using System.Runtime.InteropServices;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Importers;

/// <summary>Reads the tensors of a llama2.c file one after another.</summary>
internal sealed class LlamaTensors(Stream stream, string file, LlamaHeader header, ImportOptions options)
{
    private readonly ConstantStore _store = new(file);

    /// <summary>The constants of the model; the stream stands behind its header.</summary>
    public IReadOnlyDictionary<string, byte[]> Read()
    {
        foreach (var part in LlamaLayout.Of(header))
        {
            for (var layer = 0; layer < (part.IsPerLayer ? header.Sizes.Layers : 1); layer++)
                Keep(part, part.IsPerLayer ? ConstantNames.OfLayer(layer, part.Name) : part.Name);
        }

        if (header.Version > 0) RotationTable.Of(10_000, header.Sizes).AddTo(_store, header.Sizes.Positions);
        return _store.Constants;
    }

    private void Keep(LlamaPart part, string name)
    {
        var values = part.IsQuantised ? Dequantised(name, part.Elements) : Values(name, part.Elements);
        switch (part.Use)
        {
            case LlamaUse.Matrix:
                _store.AddTurned(name, values, part.Rows, options.Weights);
                break;
            case LlamaUse.Classifier:
                _store.AddTurned(name, values, part.Rows, options.DType);
                break;
            case LlamaUse.Rotation:
                _store.Add(name, values, DType.Fp32);
                break;
            default:
                _store.Add(name, values, options.DType);
                if (part.Use == LlamaUse.Shared)
                    _store.AddTurned(ConstantNames.Classifier, values, part.Rows, options.DType);
                break;
        }
    }

    private float[] Values(string name, long count)
    {
        var values = new float[Checked(name, count)];
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        _store.RequireFinite(name, values);
        return values;
    }

    /// <summary>The weights that int8 numbers and the scales of their groups stand for, as fp32.</summary>
    private float[] Dequantised(string name, long count)
    {
        var integers = new sbyte[Checked(name, count)];
        stream.ReadExactly(MemoryMarshal.AsBytes(integers.AsSpan()));
        var scales = new float[count / header.Group];
        stream.ReadExactly(MemoryMarshal.AsBytes(scales.AsSpan()));
        _store.RequireFinite("the scales of " + name, scales);
        var values = new float[count];
        for (var i = 0; i < values.Length; i++) values[i] = integers[i] * scales[i / header.Group];
        _store.RequireFinite(name, values);
        return values;
    }

    private long Checked(string name, long count) => count <= int.MaxValue / sizeof(float)
        ? count
        : throw LlamaHeader.Bad(
            file, ImportCodes.Header, $"{name} has {count} numbers, limit {int.MaxValue / sizeof(float)}");
}
