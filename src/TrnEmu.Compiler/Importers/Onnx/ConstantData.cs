namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>
/// The values of a constant: computed ones are held, those of a file are decoded when asked for, so that a large model
/// is not in memory in fp64 as a whole.
/// </summary>
internal sealed class ConstantData
{
    private const int SmallCount = 1 << 12;
    private readonly Func<double[]>? _read;
    private double[]? _values;

    /// <summary>Values that are known.</summary>
    public ConstantData(double[] values) => (_values, Count) = (values, values.Length);

    /// <summary>Values that are read on demand.</summary>
    public ConstantData(int count, Func<double[]> read) => (Count, _read) = (count, read);

    /// <summary>Number of elements.</summary>
    public int Count { get; }

    /// <summary>The elements in row-major order; not to be written.</summary>
    public double[] Values
    {
        get
        {
            if (_values is { } known) return known;
            var values = _read!();
            if (values.Length <= SmallCount) _values = values;
            return values;
        }
    }
}
