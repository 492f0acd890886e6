using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Dma;

namespace TrnEmu.Sim.Models;

/// <summary>Times that belong to no single instruction, in picoseconds.</summary>
public sealed record MachineTimes
{
    /// <summary>
    /// Completion of an instruction to the start of one that waited for its semaphore, on any engine.
    /// </summary>
    public long Semaphore { get; init; }

    /// <summary>A DMA share being written to the start of an engine that waited for it.</summary>
    public long DmaEndToEngine { get; init; }

    /// <summary>
    /// Start of a trigger, with descriptors that are there or made on the way, to the first packet, by engine (index:
    /// <see cref="Engine"/>).
    /// </summary>
    public IReadOnlyList<long> TriggerToPacket { get; init; } = new long[(int)Engine.Sync + 1];

    /// <summary>Making the descriptors of one DMA in hardware.</summary>
    public long Generation { get; init; }

    /// <summary><see cref="Generation"/> split by basis.</summary>
    public BasisTime GenerationBasis { get; init; }

    /// <summary>True when descriptors are made in hardware where the operation does not say.</summary>
    public bool GeneratesByDefault { get; init; }

    /// <summary>Who makes descriptors whatever the operation says; ChipDefault to let it say.</summary>
    public DescriptorMode Descriptors { get; init; }

    /// <summary>Busy time for which the Tensor engine's array is cold at the start of a burst; 0 for never.</summary>
    public long WarmUp { get; init; }

    /// <summary>Idle less busy time after which the array is cold again.</summary>
    public long CoolDown { get; init; }

    /// <summary>Rate of the cold array as a fraction of the warm one's.</summary>
    public double ColdRate { get; init; } = 1;

    /// <summary>True where DMA queues, engines and cores wait for what another of them uses.</summary>
    public bool Arbitrates { get; init; } = true;

    /// <summary>
    /// True when a DMA queue goes on to its next transfer, on each engine, only when the last one's data are written.
    /// </summary>
    public bool OrdersWrites { get; init; }

    /// <summary>Time for which a byte read from HBM holds the core's port.</summary>
    public double CoreReadPerByte { get; init; }

    /// <summary>Time for which a byte written to HBM holds the core's port.</summary>
    public double CoreWritePerByte { get; init; }

    /// <summary>Time for which a byte holds the HBM that all cores share.</summary>
    public double ChipPerByte { get; init; }

    /// <summary>The runtime before the kernel.</summary>
    public long Preamble { get; init; }

    /// <summary>The runtime after it.</summary>
    public long Epilogue { get; init; }

    /// <summary>
    /// What a transfer takes beyond its shares and descriptors, by triggering engine, split by basis.
    /// </summary>
    public IReadOnlyList<BasisTime> TransferBasis { get; init; } = new BasisTime[(int)Engine.Sync + 1];

    /// <summary>
    /// How long a transfer is held up by its own descriptors before it is on its way. Those of a transfer that GpSimd
    /// triggers are made on the way: a profile with such descriptors shows no more time from the trigger to the first
    /// packet than others (exp of 128 x 128 on trn2, 739 ns). Elsewhere they come first, as documented.
    /// </summary>
    public long Delay(in DmaTransfer transfer, Engine engine) =>
        Generates(transfer) && engine != Engine.GpSimd ? Generation : 0;

    /// <summary>From the trigger, or from its descriptors beginning to be made, to a transfer's first packet.</summary>
    public long PacketAfter(in DmaTransfer transfer, Engine engine) =>
        Math.Max(Delay(transfer, engine) + TriggerToPacket[(int)engine], Generates(transfer) ? Generation : 0);

    /// <summary>
    /// Which of a core's two hardware generators makes a transfer's descriptors: where the program asks for hardware,
    /// that of the engine that triggers, Sync or another. What the program leaves to the compiler goes through one of
    /// them: profiles show loads and stores in one dynamic queue, and vector additions of two loads and a store take
    /// three times a generator's time on trn2.
    /// </summary>
    public static int GeneratorOf(in DmaTransfer transfer, Engine engine) =>
        transfer.Descriptors == DgeMode.Hwdge && engine != Engine.Sync ? 1 : 0;

    /// <summary>
    /// True when a hardware generator makes the transfer's descriptors. What software writes counts as lying ready: no
    /// price of it is published.
    /// </summary>
    public bool Generates(in DmaTransfer transfer) => Descriptors switch
    {
        DescriptorMode.Prebuilt => false,
        DescriptorMode.Hardware => true,
        _ => transfer.Descriptors == DgeMode.Hwdge || (transfer.Descriptors == DgeMode.Unknown && GeneratesByDefault),
    };
}
