using System.Runtime.CompilerServices;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Importers;

/// <summary>Gathers the constants of a model that is read, each rounded to its type.</summary>
/// <param name="file">Name of the file in messages.</param>
internal sealed class ConstantStore(string file)
{
    /// <summary>Numbers of a matrix that are turned at a time: it has no second copy in fp32.</summary>
    private const int Band = 1 << 20;

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
        var bytes = new byte[values.Length * dtype.Size()];
        int[] places = [.. Enumerable.Range(0, rows).Select(r => (order?.Invoke(r) ?? r) * columns)];
        var band = Math.Clamp(Band / Math.Max(rows, 1), 1, Math.Max(columns, 1));
        var turned = new float[band * rows];
        for (var c = 0; c < columns; c += band)
        {
            var part = turned.AsSpan(0, Math.Min(band, columns - c) * rows);
            Turn(values, places, c, part);
            Conversions.Narrow(dtype, part, bytes.AsSpan(c * rows * dtype.Size(), part.Length * dtype.Size()));
        }

        _constants.Add(name, bytes);
    }

    /// <summary>Keeps columns start to start + count of a matrix that is <paramref name="width"/> wide.</summary>
    public void AddColumns(string name, ReadOnlySpan<float> values, int width, int start, int count, DType dtype)
    {
        var (rows, size) = (values.Length / width, count * dtype.Size());
        var bytes = new byte[rows * size];
        for (var row = 0; row < rows; row++)
            Conversions.Narrow(dtype, values.Slice(row * width + start, count), bytes.AsSpan(row * size, size));
        _constants.Add(name, bytes);
    }

    /// <summary>Stops at a weight that is NaN or infinite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void RequireFinite(string name, ReadOnlySpan<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i])) throw LlamaHeader.Bad(
                file, ImportCodes.Value, $"number {i} of {name} is {values[i]}, expected a finite one");
        }
    }

    /// <summary>Columns from <paramref name="column"/> on as rows, as many as there is room for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Turn(ReadOnlySpan<float> values, int[] places, int column, Span<float> turned)
    {
        for (var r = 0; r < places.Length; r++)
        {
            var row = values[(places[r] + column)..];
            for (int c = 0, to = r; to < turned.Length; c++, to += places.Length) turned[to] = row[c];
        }
    }
}
