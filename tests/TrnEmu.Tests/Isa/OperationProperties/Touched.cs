using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>
/// The bytes and states that an operation declares, its patterns enumerated by the oracle's nested loops.
/// </summary>
internal sealed class Touched
{
    private readonly bool[][] _reads;
    private readonly Writing[][] _writes;
    private readonly EffectSink _sink = new();
    private readonly Places _places;

    public Touched(Trial trial)
    {
        _reads = [.. trial.Bytes.Select(b => new bool[b.Length])];
        _writes = [.. trial.Bytes.Select(b => new Writing[b.Length])];
        _places = new Places(trial.Program, new OracleMemory(trial.Program, trial.Bytes));
        foreach (var move in trial.Program.Cores[0].Entries.Select(e => e.Operation).OfType<RegisterMove>())
        {
            if (!ReferenceEquals(move, trial.Subject.Operation)) _places.Registers[move.Dst.Number] = move.Src.Value;
        }

        trial.Subject.Operation.Effects(_sink);
        foreach (var effect in _sink.Memory) Mark(effect);
    }

    /// <summary>True when the operation names a byte twice that it writes, be it in parts of an operand.</summary>
    public bool WritesTwice { get; private set; }

    public IReadOnlyDictionary<int, int> Registers => _places.Registers;

    public Writing WritesSums => HasState(EngineState.Accumulators, isWrite: true) ? Writing.Perhaps : Writing.No;

    public bool ReadsSums => HasState(EngineState.Accumulators, isWrite: false);

    public Writing WritesVectorSums => HasState(EngineState.VectorAccumulators, isWrite: true) ? Writing.Perhaps : Writing.No;

    public bool ReadsVectorSums => HasState(EngineState.VectorAccumulators, isWrite: false);

    public Writing WritesRandom(Engine engine) =>
        HasState(EngineState.Random(engine), isWrite: true) ? Writing.Perhaps : Writing.No;

    public bool ReadsRandom(Engine engine) => HasState(EngineState.Random(engine), isWrite: false);

    public bool Reads(int tensor, int place) => _reads[tensor][place];

    public Writing Writes(int tensor, int place) => _writes[tensor][place];

    public bool ReadsRegister(int number) => HasState(EngineState.Register(number), isWrite: false);

    public Writing WritesRegister(int number) =>
        HasState(EngineState.Register(number), isWrite: true) ? Writing.Yes : Writing.No;

    private bool HasState(EngineState state, bool isWrite)
    {
        foreach (var effect in _sink.State)
        {
            if (effect.State == state && effect.IsWrite == isWrite) return true;
        }

        return false;
    }

    private void Mark(MemoryEffect effect)
    {
        var p = effect.Pattern;
        if (p.Dynamic.Kind == OffsetKind.Vector)
        {
            for (var row = 0; row < p.Partitions; row++)
            {
                if (_places.Row(p, row) is { } one) Mark(one, effect);
            }
        }
        else if (!_places.IsOutside(p))
        {
            Mark(p, effect);
        }
    }

    private void Mark(AccessPattern p, MemoryEffect effect)
    {
        foreach (var place in _places.Of(p))
        {
            for (var k = 0; k < p.DType.Size(); k++)
            {
                _reads[p.Tensor][place + k] |= effect.Reads;
                ref var writing = ref _writes[p.Tensor][place + k];
                WritesTwice |= effect.Writes && writing != Writing.No;
                if (effect.Writes) writing = effect.Kind == AccessKind.MayWrite && writing != Writing.Yes
                    ? Writing.Perhaps : Writing.Yes;
            }
        }
    }
}
