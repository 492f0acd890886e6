using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Control;

namespace TrnEmu.Sim.Streams;

/// <summary>
/// What the operations of a program become, as numbers of works and of transfer shapes, and how much it is on each lane:
/// the arrays of a stream are then made once, in their size.
/// </summary>
internal sealed class ExpandedProgram : IDisposable
{
    private static readonly Instruction Synchronise = new(CostClass.Register, 1, default);

    private readonly Program _program;
    private readonly int _generation;
    private readonly LaneSize[] _lanes;
    private readonly List<Diagnostic> _findings = [];

    private ExpandedProgram(Program program, int generation)
    {
        _program = program;
        _generation = generation;
        _lanes = new LaneSize[program.Cores.Count * FlatStream.LanesPerCore];
    }

    /// <summary>What the program's operations became, in program order.</summary>
    public ExpansionLog Log { get; } = new();

    /// <summary>The different works.</summary>
    public WorkTable Works { get; } = new();

    /// <summary>The different transfers.</summary>
    public ShapeTable Shapes { get; } = new();

    /// <summary>How much each lane holds.</summary>
    public ReadOnlySpan<LaneSize> Lanes => _lanes;

    /// <summary>Number of transfers.</summary>
    public int Transfers { get; private set; }

    /// <summary>Number of signals of transfers.</summary>
    public int TransferSignals { get; private set; }

    /// <summary>Expands every operation.</summary>
    /// <exception cref="TrnException">Operations without an engine, or loops.</exception>
    public static ExpandedProgram Of(Program program, int generation)
    {
        var expanded = new ExpandedProgram(program, generation);
        var sink = new ExpansionSink();
        for (var core = 0; core < program.Cores.Count; core++)
        {
            foreach (ref readonly var entry in program.Cores[core].Entries.Span) expanded.Add(core, entry, sink);
        }

        if (expanded._findings.Count == 0) return expanded;
        expanded.Dispose();
        throw new TrnException(FailureKind.BadInput, expanded._findings);
    }

    /// <inheritdoc/>
    public void Dispose() => Log.Dispose();

    private void Add(int core, in Entry entry, ExpansionSink sink)
    {
        if (entry.Engine == Engine.None)
        {
            Report(SimCodes.NotPlaced, $"{entry.Operation.Info.Name} is not placed on an engine", entry.Operation.Span);
            return;
        }

        if (entry.Operation is IControlFlow)
        {
            Report(SimCodes.Loop, $"{entry.Operation.Info.Name} is in a program that is timed as it stands", entry.Operation.Span);
            return;
        }

        sink.Begin(_program, entry.Engine, _generation);
        entry.Operation.Expand(sink);
        var instructions = sink.Instructions;

        // What needs no instruction costs nothing, but somebody has to wait and signal.
        if (instructions.Length == 0 && entry.Waits.Count + entry.Signals.Count > 0) instructions = new(in Synchronise);
        Add(core, entry, instructions, sink);
    }

    private void Add(int core, in Entry entry, ReadOnlySpan<Instruction> instructions, ExpansionSink sink)
    {
        var isMeeting = instructions.Length > 0 && entry.Operation is IMeeting;
        Log.Begin(instructions.Length, isMeeting, sink.HasTransfer);
        ref var lane = ref _lanes[core * FlatStream.LanesPerCore + (int)entry.Engine - 1];
        lane.Waits += entry.Waits.Count;
        if (isMeeting)
        {
            Log.Add(NumberOf(ref lane, entry.Engine, Synchronise));
            lane.Waits++;
            lane.Signals += _program.Cores.Count - 1;
        }

        foreach (ref readonly var instruction in instructions) Log.Add(NumberOf(ref lane, entry.Engine, instruction));
        if (!sink.HasTransfer)
        {
            lane.Signals += entry.Signals.Count;
            return;
        }

        Log.Add(Shapes.Add(sink.Moved));
        Transfers++;
        TransferSignals += entry.Signals.Count;
    }

    private int NumberOf(ref LaneSize lane, Engine engine, in Instruction instruction)
    {
        var number = Works.Add(engine, lane.LoadedTable, instruction);
        if (instruction.Table != 0) lane.LoadedTable = instruction.Table;
        lane.Instructions++;
        return number;
    }

    private void Report(DiagnosticCode code, string message, SourceSpan where) =>
        _findings.Add(Diagnostic.Error(code, message, where));
}

/// <summary>How much a lane holds.</summary>
internal struct LaneSize
{
    /// <summary>Instructions, and their waits and signals.</summary>
    public int Instructions, Waits, Signals;

    /// <summary>Activation table set that the last instruction leaves.</summary>
    public byte LoadedTable;
}
