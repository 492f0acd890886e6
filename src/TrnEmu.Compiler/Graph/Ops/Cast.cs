using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>
/// x as another type. Floats become integers towards zero, those beyond the range the nearest end, NaN 0; integers wrap
/// modulo 2^bits. Wide floats carry values, whose rounding is the chip's affair; fp8 is a choice of the model, so the
/// interpreter rounds to it too: with saturate=1 numbers beyond the largest become that, else an infinity, or NaN where
/// the type has none. bool=1 gives uint8 1 where x is not 0, else 0.
/// </summary>
[GraphOp("cast", "x", Attributes = ["dtype=", "saturate=1", "bool=0"])]
internal sealed class Cast : IGraphOp
{
    /// <inheritdoc/>
    public TensorType? Infer(GraphCall call)
    {
        var name = call.Word("dtype");
        var isKnown = DTypes.TryParse(name, out var dtype) && dtype.IsArithmetic();
        var fits = call.Require(
            isKnown, $"dtype is {name}, expected one of {string.Join(", ", DTypes.Arithmetic.Select(d => d.Name()))}")
            && Flag(call, "saturate") & Flag(call, "bool")
            && call.Require(
                call.Number("bool") == 0 || dtype == DType.UInt8, $"dtype is {name}, bool=1 gives uint8");
        return fits ? call["x"] with { DType = dtype } : null;
    }

    /// <inheritdoc/>
    public void Evaluate(GraphCall call, NodeValues values)
    {
        var dtype = DTypes.TryParse(call.Word("dtype"), out var named) ? named : call["x"].DType;
        var (from, x, y) = (call["x"].DType, values["x"], values.Output);
        if (call.Number("bool") != 0)
        {
            for (var i = 0; i < y.Length; i++) y[i] = x[i] != 0 ? 1 : 0;
        }
        else if (dtype.IsInteger())
        {
            for (var i = 0; i < y.Length; i++)
                y[i] = from.IsInteger() ? Wrapping.Wrap(dtype, (long)x[i]) : Truncate(dtype, x[i]);
        }
        else
        {
            for (var i = 0; i < y.Length; i++) y[i] = ToFloat(dtype, x[i], call.Number("saturate") != 0);
        }
    }

    private static bool Flag(GraphCall call, string attribute) => call.Require(
        call.Number(attribute) is 0 or 1, $"{attribute} is {call.Word(attribute)}, expected 0 or 1");

    private static double Truncate(DType dtype, double x)
    {
        var (low, high) = Wrapping.Range(dtype);
        return double.IsNaN(x) ? 0 : Math.Clamp(Math.Truncate(x), low, high);
    }

    private static double ToFloat(DType dtype, double x, bool saturates)
    {
        if (dtype.Size() > 1) return x;
        var limit = dtype.LargestFp8();
        return Conversions.Round(dtype, (float)(saturates && Math.Abs(x) > limit ? Math.CopySign(limit, x) : x));
    }
}
