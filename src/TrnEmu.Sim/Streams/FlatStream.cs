using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Sim.Streams;

/// <summary>
/// A program as arrays: what each engine executes, waits for and signals, and what DMA moves. Made once; what-if runs
/// only price it anew. Engine instructions stand lane by lane (a lane is an engine of a core), each lane in its order.
/// </summary>
public sealed class FlatStream
{
    /// <summary>Engines of a core: Tensor, Vector, Scalar, GpSimd, Sync.</summary>
    public const int LanesPerCore = (int)Engine.Sync;

    internal FlatStream(Program program) => Program = program;

    /// <summary>The stream with its engines' waits for themselves resolved; once all arrays are there.</summary>
    internal FlatStream Resolved()
    {
        OwnProducer = OwnWaits.ProducersOf(this);
        return this;
    }

    /// <summary>What it was made from.</summary>
    public Program Program { get; }

    /// <summary>Number of cores.</summary>
    public int Cores => Program.Cores.Count;

    /// <summary>Number of operations.</summary>
    public int Entries => EntryBase[^1];

    /// <summary>Number of engine instructions.</summary>
    public int EngineInstructions => WorkOf.Length;

    /// <summary>Number of DMA transfers.</summary>
    public int TransferCount => Transfers.Length;

    /// <summary>Number of DMA queues of all cores; a core's operations without a queue count as one more.</summary>
    public int TransferQueues => QueueNumbers.Length;

    /// <summary>First entry of each core, and the number of all entries.</summary>
    internal int[] EntryBase { get; init; } = [0];

    /// <summary>First instruction of each lane, and the number of all instructions.</summary>
    internal int[] LaneBase { get; init; } = [0];

    /// <summary>The different works of all instructions.</summary>
    internal Work[] Works { get; init; } = [];

    /// <summary>Instructions of each work.</summary>
    internal int[] WorkCounts { get; init; } = [];

    /// <summary>The work of each instruction.</summary>
    internal int[] WorkOf { get; init; } = [];

    internal StepKind[] Kinds { get; init; } = [];

    /// <summary>Operation of each instruction, counted over all cores.</summary>
    internal int[] EntryOf { get; init; } = [];

    /// <summary>The transfer that a trigger starts; -1 for other instructions.</summary>
    internal OfTriggers TransferOf => new(Kinds, TransferOfTrigger);

    /// <summary>The transfer that each trigger starts; of other instructions it says nothing.</summary>
    internal int[] TransferOfTrigger { get; init; } = [];

    /// <summary>End of each instruction's waits; they begin where the last instruction's end.</summary>
    internal int[] WaitEnd { get; init; } = [];

    internal int[] WaitSemaphore { get; init; } = [];

    internal int[] WaitValue { get; init; } = [];

    /// <summary>
    /// The instruction of the same engine that ends each wait, -1 for what others end: see <see cref="OwnWaits"/>.
    /// </summary>
    internal int[] OwnProducer { get; private set; } = [];

    /// <summary>End of each instruction's signals; they begin where the last instruction's end.</summary>
    internal int[] SignalEnd { get; init; } = [];

    internal int[] SignalSemaphore { get; init; } = [];

    internal int[] SignalAmount { get; init; } = [];

    internal Semaphore[] Semaphores { get; init; } = [];

    /// <summary>The different shapes of all transfers.</summary>
    internal TransferShape[] Shapes { get; init; } = [];

    /// <summary>The shape of each transfer.</summary>
    internal int[] ShapeOf { get; init; } = [];

    internal FlatTransfer[] Transfers { get; init; } = [];

    internal int[] TransferSignalSemaphore { get; init; } = [];

    internal long[] TransferSignalAmount { get; init; } = [];

    /// <summary>First queue of each core, and the number of all queues.</summary>
    internal int[] QueueBase { get; init; } = [0];

    /// <summary>First slot of each queue in an array of transfers, and the number of all transfers.</summary>
    internal int[] QueueSlots { get; init; } = [0];

    /// <summary>The program's number of each queue.</summary>
    internal int[] QueueNumbers { get; init; } = [];

    /// <summary>Flattens a program whose operations are placed on engines.</summary>
    /// <param name="program">Operations with engines, queues, waits and signals.</param>
    /// <param name="generation">Generation of the chip, which decides how operations expand: 2, 3 or 4.</param>
    /// <exception cref="Core.Diagnostics.TrnException">
    /// Operations without an engine, or too many cores or queues.
    /// </exception>
    public static FlatStream Build(Program program, int generation)
    {
        using var builder = new FlatStreamBuilder(program, generation);
        return builder.Build();
    }

    /// <summary>What a transfer moves.</summary>
    public DmaTransfer Transfer(int index) => Transfers[index].Transfer;

    /// <summary>The operation of a transfer, counted over all cores.</summary>
    public int EntryOfTransfer(int index) => Transfers[index].Entry;

    /// <summary>The engine of a lane.</summary>
    internal static Engine EngineOf(int lane) => (Engine)(lane % LanesPerCore + 1);

    /// <summary>What an engine instruction does.</summary>
    public Instruction InstructionAt(int i) => Works[WorkOf[i]].Instruction;

    /// <summary>The first wait of an instruction, be it one behind the last.</summary>
    internal int FirstWait(int i) => i == 0 ? 0 : WaitEnd[i - 1];

    /// <summary>The first signal of an instruction, be it one behind the last.</summary>
    internal int FirstSignal(int i) => i == 0 ? 0 : SignalEnd[i - 1];

    /// <summary>The core of a queue counted over all cores.</summary>
    internal int CoreOfQueue(int queue) =>
        Array.FindLastIndex(QueueBase, QueueBase.Length - 2, first => first <= queue);

    /// <summary>The core of an operation counted over all cores.</summary>
    public int CoreOfEntry(int entry)
    {
        var core = 0;
        while (EntryBase[core + 1] <= entry) core++;
        return core;
    }

    /// <summary>The lane of an engine.</summary>
    internal static int LaneOf(int core, Engine engine) => core * LanesPerCore + (int)engine - 1;

    /// <summary>The operation of an entry counted over all cores.</summary>
    public ref readonly Entry EntryAt(int core, int entry) =>
        ref Program.Cores[core].Entries.Span[entry - EntryBase[core]];

    /// <summary>Transfers, looked up by instruction.</summary>
    internal readonly struct OfTriggers(StepKind[] kinds, int[] transferOf)
    {
        public int this[int instruction] => (kinds[instruction] & StepKind.Trigger) != 0 ? transferOf[instruction] : -1;
    }
}

/// <summary>What the pass does with an instruction.</summary>
[Flags]
internal enum StepKind : byte
{
    /// <summary>Occupies its engine and completes.</summary>
    Plain = 0,

    /// <summary>Loads a stationary matrix behind the current multiplication.</summary>
    Load = 1,

    /// <summary>Streams through the array, which may be cold.</summary>
    Move = 2,

    /// <summary>Starts a transfer.</summary>
    Trigger = 4,

    /// <summary>First instruction of its operation.</summary>
    First = 8,

    /// <summary>Last instruction of its operation.</summary>
    Last = 16,
}

/// <summary>A transfer of the stream.</summary>
/// <param name="Shape">What it shares with others.</param>
/// <param name="Core">The core whose DMA engines move it.</param>
/// <param name="Engine">The engine that triggers it.</param>
/// <param name="Queue">Queue, counted over all cores.</param>
/// <param name="Entry">Operation, counted over all cores.</param>
/// <param name="SignalStart">First of its signals.</param>
/// <param name="SignalEnd">End of its signals.</param>
internal readonly record struct FlatTransfer(
    TransferShape Shape, int Core, Engine Engine, int Queue, int Entry, int SignalStart, int SignalEnd)
{
    /// <summary>What is moved.</summary>
    public ref readonly DmaTransfer Transfer => ref Shape.Transfer;
}
