using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Machine;

/// <summary>
/// The Vector engine's accumulate registers, one fp32 a lane, which exponential, range_select, select_reduce,
/// tensor_scalar_reduce and tensor_scalar_cumulative share. They are undefined at the start of a run and after an
/// operation of that family with reduce_cmd idle, each lane by itself.
/// </summary>
public sealed class VectorAccumulators
{
    private readonly float[] _values = new float[Limits.Partitions];
    private readonly bool[] _isDefined = new bool[Limits.Partitions];
    private readonly Operation?[] _spoilers = new Operation?[Limits.Partitions];

    /// <summary>What every register holds, defined or not.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>The registers of some lanes, which the caller sets: defined from now on.</summary>
    public Span<float> Set(int first, int lanes)
    {
        _isDefined.AsSpan(first, lanes).Fill(true);
        return _values.AsSpan(first, lanes);
    }

    /// <summary>The registers of some lanes, to go on from what they hold.</summary>
    /// <exception cref="TrnException">
    /// TRN3020: one is undefined, and <paramref name="isStrict"/>; else it keeps what it held.
    /// </exception>
    public Span<float> Continue(int first, int lanes, Operation operation, bool isStrict)
    {
        var undefined = _isDefined.AsSpan(first, lanes).IndexOf(false);
        if (undefined >= 0 && isStrict) throw Undefined(first + undefined, operation);
        return _values.AsSpan(first, lanes);
    }

    /// <summary>An operation without accumulation leaves the registers of its lanes undefined.</summary>
    public void Spoil(int first, int lanes, Operation operation)
    {
        _isDefined.AsSpan(first, lanes).Clear();
        _spoilers.AsSpan(first, lanes).Fill(operation);
    }

    private TrnException Undefined(int lane, Operation operation)
    {
        var register = $"{operation.Info.Name}: reduce_cmd is reduce, the accumulator of lane {lane} is undefined: ";
        return new TrnException(FailureKind.Fault, _spoilers[lane] is { } spoiler
            ? Diagnostic.Error(
                FaultCodes.UndefinedAccumulator, $"{register}{spoiler.Info.Name} came before it with reduce_cmd idle",
                operation.Span,
                new DiagnosticNote(spoiler.Span, $"this {spoiler.Info.Name} leaves it undefined"))
            : Diagnostic.Error(
                FaultCodes.UndefinedAccumulator, $"{register}no operation has set it", operation.Span));
    }
}
