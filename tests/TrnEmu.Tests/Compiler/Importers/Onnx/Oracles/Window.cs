using TrnEmu.Compiler.Importers.Onnx.Proto;

namespace TrnEmu.Tests.Compiler.Importers.Onnx.Oracles;

/// <summary>A window that moves over some dimensions: random kernel, strides, dilations and pads.</summary>
internal sealed class Window
{
    private readonly int[] _strides, _dilations, _before, _after;
    private readonly bool _ceil;
    private readonly string? _automatic;

    public Window(OracleCase test, int dimensions, bool dilated, bool ceil, bool automatic)
    {
        Kernel = test.Shape(dimensions, 3);
        _strides = test.Shape(dimensions, 3);
        _dilations = Array.ConvertAll(Kernel, _ => dilated ? test.Random.Next(1, 3) : 1);
        Extents = Array.ConvertAll(Kernel, _ => test.Random.Next(5, dimensions == 3 ? 7 : 10));
        _before = Array.ConvertAll(Kernel, k => test.Random.Next(0, k));
        _after = Array.ConvertAll(Kernel, k => test.Random.Next(0, k));
        _ceil = ceil;
        if (automatic) _automatic = ((string[])["SAME_UPPER", "SAME_LOWER", "VALID"])[test.Random.Next(3)];
        Results = new int[dimensions];
        for (var d = 0; d < dimensions; d++) Results[d] = Extent(d);
    }

    /// <summary>Extents of the kernel.</summary>
    public int[] Kernel { get; }

    /// <summary>Extents of what it moves over.</summary>
    public int[] Extents { get; }

    /// <summary>Number of its places.</summary>
    public int[] Results { get; }

    /// <summary>Itself as attributes of a node.</summary>
    public AttributeProto?[] Attributes(bool kernel) =>
    [
        kernel ? OracleCase.Ints("kernel_shape", Kernel) : null,
        _strides.All(static s => s == 1) ? null : OracleCase.Ints("strides", _strides),
        _dilations.All(static s => s == 1) ? null : OracleCase.Ints("dilations", _dilations),
        OracleCase.Text("auto_pad", _automatic),
        _automatic is null ? OracleCase.Ints("pads", [.. _before, .. _after]) : null,
        _ceil ? OracleCase.Int("ceil_mode", 1) : null,
    ];

    /// <summary>The elements of the kernel, and where each lies, for one result.</summary>
    public IEnumerable<(int[] Kernel, int[] Place)> Places(int[] result) => Nd.Indices(Kernel).Select(
        k => (k, k.Select((v, d) => result[d] * _strides[d] + v * _dilations[d] - _before[d]).ToArray()));

    /// <summary>True where there is an element.</summary>
    public bool IsInside(int[] place) => place.Select((v, d) => v >= 0 && v < Extents[d]).All(static b => b);

    /// <summary>True where there is an element or a pad.</summary>
    public bool IsPadded(int[] place) =>
        place.Select((v, d) => v >= -_before[d] && v < Extents[d] + _after[d]).All(static b => b);

    private int Extent(int d)
    {
        var reach = (Kernel[d] - 1) * _dilations[d] + 1;
        if (_automatic is "SAME_UPPER" or "SAME_LOWER")
        {
            var count = (Extents[d] + _strides[d] - 1) / _strides[d];
            var pad = Math.Max(0, (count - 1) * _strides[d] + reach - Extents[d]);
            (_before[d], _after[d]) = _automatic == "SAME_UPPER" ? (pad / 2, pad - pad / 2) : (pad - pad / 2, pad / 2);
            return count;
        }

        if (_automatic == "VALID") (_before[d], _after[d]) = (0, 0);
        var free = Extents[d] + _before[d] + _after[d] - reach;
        var places = (_ceil ? (free + _strides[d] - 1) / _strides[d] : free / _strides[d]) + 1;
        return (places - 1) * _strides[d] >= Extents[d] + _before[d] ? places - 1 : places;
    }
}
