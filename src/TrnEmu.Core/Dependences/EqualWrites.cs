using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Dependences;

/// <summary>
/// Which writes to shared HBM left every byte as it was. Two cores that compute the same and write it to the same place
/// need no order between these writes: whichever is last, the bytes are the same. Told of every operation around its
/// execution.
/// </summary>
public sealed class EqualWrites(IProgram program, Binding binding)
{
    /// <summary>Two cores write one place and do not meet.</summary>
    public static readonly Gap Unordered = new(
        "core_barrier", "what two cores leave in shared HBM that write the same bytes to the same place without a barrier",
        "those bytes: no race between the two writes; a read of either core still needs its order with the other's write");

    private readonly Dictionary<Operation, Write> _writes = new(ReferenceEqualityComparer.Instance);
    private readonly EffectSink _effects = new();
    private readonly MemoryMaps<bool> _maps = new(program);
    private readonly List<AccessRange> _parts = [];
    private byte[] _before = [];
    private Operation? _current;
    private int _tensor;
    private long _executed;

    /// <summary>The operation executes next.</summary>
    public void Before(Operation operation, CoreState state)
    {
        _executed++;
        _current = null;
        _effects.Clear();
        operation.Effects(_effects);
        if (!IsPlain(out var target)) return;
        _current = operation;
        _tensor = target.Tensor;
        _parts.Clear();
        var visitor = new Parts(_parts);
        _maps.Apply(target, state, ref visitor);
        var size = _parts.Sum(p => p.End - p.Start);
        if (size > _before.Length) _before = new byte[size];
        var at = 0;
        foreach (var part in _parts)
        {
            var bytes = Bytes(part);
            bytes.CopyTo(_before.AsSpan(at));
            at += bytes.Length;
        }
    }

    /// <summary>It has executed.</summary>
    public void After()
    {
        if (_current is null) return;
        var isEqual = true;
        var at = 0;
        foreach (var part in _parts)
        {
            var bytes = Bytes(part);
            isEqual &= bytes.SequenceEqual(_before.AsSpan(at, bytes.Length));
            at += bytes.Length;
        }

        _writes[_current] = _writes.TryGetValue(_current, out var write)
            ? write with { Last = _executed, IsEqual = write.IsEqual && isEqual }
            : new Write(_executed, _executed, isEqual);
    }

    /// <summary>True when both did nothing but write, and the one that was executed later changed no byte.</summary>
    public bool Agree(Operation one, Operation other)
    {
        if (!_writes.TryGetValue(one, out var a) || !_writes.TryGetValue(other, out var b)) return false;
        return a.Last < b.First ? b.IsEqual : b.Last < a.First && a.IsEqual;
    }

    /// <summary>One write of HBM, all of which is written, and no read of that tensor.</summary>
    private bool IsPlain(out AccessPattern target)
    {
        target = default;
        var count = 0;
        foreach (ref readonly var effect in _effects.Memory)
        {
            if (!effect.Writes || program.TensorOf(effect.Pattern).Space != MemorySpace.Hbm) continue;
            if (effect.Kind != AccessKind.Write || ++count > 1) return false;
            target = effect.Pattern;
        }

        if (count == 0) return false;
        foreach (ref readonly var effect in _effects.Memory)
        {
            if (effect.Reads && effect.Pattern.Tensor == target.Tensor) return false;
        }

        return true;
    }

    private ReadOnlySpan<byte> Bytes(in AccessRange part)
    {
        var place = binding[_tensor];
        return place.Block.Span(place.Offset + part.Start, checked((int)(part.End - part.Start)));
    }

    private readonly record struct Write(long First, long Last, bool IsEqual);

    private readonly struct Parts(List<AccessRange> parts) : IAccessVisitor<bool>
    {
        public bool Visit(in AccessRange part, bool value)
        {
            parts.Add(part);
            return value;
        }
    }
}
