using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Isa.Effects;

/// <summary>
/// Collects what one operation reads and writes. A reused object: <see cref="Clear"/> before each operation. An operand
/// with a dynamic offset also reads the register or tensor that holds its index.
/// </summary>
public sealed class EffectSink
{
    private MemoryEffect[] _memory = new MemoryEffect[8];
    private StateEffect[] _state = new StateEffect[8];
    private int _memoryCount;
    private int _stateCount;

    /// <summary>Memory that is touched, in the order it was named.</summary>
    public ReadOnlySpan<MemoryEffect> Memory => _memory.AsSpan(0, _memoryCount);

    /// <summary>Engine state that is touched.</summary>
    public ReadOnlySpan<StateEffect> State => _state.AsSpan(0, _stateCount);

    /// <summary>Forgets everything.</summary>
    public void Clear() => _memoryCount = _stateCount = 0;

    /// <summary>All elements are read before anything is written.</summary>
    public void Read(in AccessPattern pattern) => Add(pattern, AccessKind.Read);

    /// <summary>All elements are written.</summary>
    public void Write(in AccessPattern pattern) => Add(pattern, AccessKind.Write);

    /// <summary>Some elements are written, depending on values; the others keep their bytes.</summary>
    public void MayWrite(in AccessPattern pattern) => Add(pattern, AccessKind.MayWrite);

    /// <summary>All elements are read, added to and written by one engine in order (PSUM accumulation).</summary>
    public void Accumulate(in AccessPattern pattern) => Add(pattern, AccessKind.Accumulate);

    /// <summary>An operand that is an immediate or a column.</summary>
    public void Read(in ScalarOperand? operand)
    {
        if (operand?.Column is { } column) Read(column);
    }

    /// <summary>An operand that is an immediate or a column.</summary>
    public void Read(in ScalarOperand operand)
    {
        if (operand.Column is { } column) Read(column);
    }

    /// <summary>A list of operands.</summary>
    public void Read(in EquatableArray<AccessPattern> patterns)
    {
        foreach (ref readonly var pattern in patterns.Span) Read(pattern);
    }

    /// <summary>An operand that may be absent.</summary>
    public void Read(in AccessPattern? pattern)
    {
        if (pattern is { } present) Read(present);
    }

    /// <summary>A register is read.</summary>
    public void Read(Register register) => AddState(EngineState.Register(register.Number), isWrite: false);

    /// <summary>A register is written.</summary>
    public void Write(Register register) => AddState(EngineState.Register(register.Number), isWrite: true);

    /// <summary>Other state of an engine is read.</summary>
    public void Read(EngineState state) => AddState(state, isWrite: false);

    /// <summary>Other state of an engine is written.</summary>
    public void Write(EngineState state) => AddState(state, isWrite: true);

    private void Add(in AccessPattern pattern, AccessKind kind)
    {
        if (pattern.IsDynamic) AddIndex(pattern);
        Push(pattern, kind);
    }

    private void AddIndex(in AccessPattern pattern)
    {
        switch (pattern.Dynamic.Kind)
        {
            case OffsetKind.Register:
                AddState(EngineState.Register(pattern.Dynamic.Source), isWrite: false);
                break;
            case OffsetKind.Scalar or OffsetKind.Vector or OffsetKind.Indirect:
                Push(pattern.IndexPattern(), AccessKind.Read);
                break;
        }
    }

    private void Push(in AccessPattern pattern, AccessKind kind)
    {
        if (_memoryCount == _memory.Length) Array.Resize(ref _memory, _memoryCount * 2);
        _memory[_memoryCount++].Set(pattern, kind);
    }

    private void AddState(EngineState state, bool isWrite)
    {
        if (_stateCount == _state.Length) Array.Resize(ref _state, _stateCount * 2);
        _state[_stateCount++] = new StateEffect(state, isWrite);
    }
}
