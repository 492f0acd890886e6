using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Importers;

/// <summary>Gathers the constants of a model that is read, each rounded to its type.</summary>
/// <param name="file">Name of the file in messages.</param>
internal sealed class ConstantStore(string file)
{
    private readonly Dictionary<string, byte[]> _constants = [];

    /// <summary>Bytes of each constant, by name.</summary>
    public IReadOnlyDictionary<string, byte[]> Constants => _constants;

    /// <summary>Keeps a tensor as it stands.</summary>
    public void Add(string name, ReadOnlySpan<float> values, DType dtype)
    {
        var bytes = new byte[values.Length * dtype.Size()];
        Conversions.Narrow(dtype, values, bytes);
        _constants.Add(name, bytes);
    }

    /// <summary>Keeps a matrix [rows, columns] as [columns, rows]: the array multiplies by [inputs, outputs].</summary>
    /// <param name="name">Name of the constant.</param>
    /// <param name="values">The matrix, row-major.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="dtype">Type of the constant.</param>
    /// <param name="order">Which row becomes a column; null for that of the same number.</param>
    public void AddTurned(string name, ReadOnlySpan<float> values, int rows, DType dtype, Func<int, int>? order = null)
    {
        var columns = values.Length / rows;
        var turned = new float[values.Length];
        for (var r = 0; r < rows; r++)
        {
            var row = values.Slice((order?.Invoke(r) ?? r) * columns, columns);
            for (var c = 0; c < columns; c++) turned[c * rows + r] = row[c];
        }

        Add(name, turned, dtype);
    }

    /// <summary>Keeps columns start to start + count of a matrix that is <paramref name="width"/> wide.</summary>
    public void AddColumns(string name, ReadOnlySpan<float> values, int width, int start, int count, DType dtype)
    {
        var kept = new float[values.Length / width * count];
        for (var row = 0; row * width < values.Length; row++)
            values.Slice(row * width + start, count).CopyTo(kept.AsSpan(row * count));
        Add(name, kept, dtype);
    }

    /// <summary>Stops at a weight that is NaN or infinite.</summary>
    public void RequireFinite(string name, ReadOnlySpan<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i])) throw LlamaHeader.Bad(
                file, ImportCodes.Value, $"number {i} of {name} is {values[i]}, expected a finite one");
        }
    }
}
