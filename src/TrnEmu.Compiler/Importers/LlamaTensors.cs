using System.Runtime.InteropServices;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Importers;

/// <summary>Reads the tensors of a llama2.c file one after another, in the order in which they stand there.</summary>
internal sealed class LlamaTensors(Stream stream, string file)
{
    private readonly Dictionary<string, byte[]> _constants = [];

    /// <summary>Bytes of each tensor that was read, by name.</summary>
    public IReadOnlyDictionary<string, byte[]> Constants => _constants;

    /// <summary>Reads a tensor as it stands.</summary>
    public void Read(string name, long count, DType dtype) => Keep(name, Values(name, count), dtype);

    /// <summary>Reads a matrix [outputs, inputs] and keeps it as [inputs, outputs], which the array multiplies
    /// by.</summary>
    public void ReadTurned(string name, int outputs, int inputs, DType dtype) =>
        Keep(name, Turn(Values(name, (long)outputs * inputs), outputs, inputs), dtype);

    /// <summary>Reads a table [rows, columns] and keeps it as it stands and, under another name, as [columns,
    /// rows].</summary>
    public void ReadBoth(string name, string turned, int rows, int columns, DType dtype)
    {
        var values = Values(name, (long)rows * columns);
        Keep(name, values, dtype);
        Keep(turned, Turn(values, rows, columns), dtype);
    }

    private void Keep(string name, float[] values, DType dtype)
    {
        var bytes = new byte[values.Length * dtype.Size()];
        Conversions.Narrow(dtype, values, bytes);
        _constants.Add(name, bytes);
    }

    private float[] Values(string name, long count)
    {
        if (count > int.MaxValue / sizeof(float))
            throw LlamaHeader.Bad(
                file, ImportCodes.Header, $"{name} has {count} numbers, limit {int.MaxValue / sizeof(float)}");
        var values = new float[count];
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        var bad = Array.FindIndex(values, static v => !float.IsFinite(v));
        return bad < 0 ? values : throw LlamaHeader.Bad(
            file, ImportCodes.Value, $"number {bad} of {name} is {values[bad]}, expected a finite one");
    }

    private static float[] Turn(float[] values, int rows, int columns)
    {
        var turned = new float[values.Length];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++) turned[c * rows + r] = values[r * columns + c];
        }

        return turned;
    }
}
