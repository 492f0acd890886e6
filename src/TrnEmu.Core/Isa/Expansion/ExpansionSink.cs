using System.Runtime.CompilerServices;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Isa.Expansion;

/// <summary>
/// Collects the engine instructions of one operation, and its DMA transfer if it has one. A reused object:
/// <see cref="Begin"/> before each operation.
/// </summary>
public sealed class ExpansionSink
{
    private Instruction[] _instructions = new Instruction[8];
    private int _count;
    private byte _banks;
    private EquatableArray<Tensor> _tensors;
    private DmaTransfer _transfer;

    /// <summary>The program around the operation, for tensors' memories.</summary>
    public Program Program { get; private set; } = Program.Empty;

    /// <summary>The engine the operation is placed on.</summary>
    public Engine Engine { get; private set; }

    /// <summary>Generation of the chip: 2, 3 or 4.</summary>
    public int Generation { get; private set; }

    /// <summary>The instructions, in the order of the engine's queue.</summary>
    public ReadOnlySpan<Instruction> Instructions => _instructions.AsSpan(0, _count);

    /// <summary>What the DMA engines move, or null.</summary>
    public DmaTransfer? Transfer => HasTransfer ? _transfer : null;

    /// <summary>True when <see cref="Moved"/> is what the DMA engines move.</summary>
    public bool HasTransfer { get; private set; }

    /// <summary>What the DMA engines move, if they do.</summary>
    public ref readonly DmaTransfer Moved => ref _transfer;

    /// <summary>Forgets the last operation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Begin(Program program, Engine engine, int generation)
    {
        if (!ReferenceEquals(Program, program)) (Program, _tensors) = (program, program.Tensors);
        Engine = engine;
        Generation = generation;
        HasTransfer = false;
        _count = 0;
        _banks = 0;
    }

    /// <summary>
    /// Circumstances that the operands of one instruction make, seen over all of them: memories, element sizes,
    /// strides.
    /// </summary>
    /// <remarks>Inlined where operations expand: what is not looked at of a pattern need not be copied then.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public InstructionTraits Traits(in AccessPattern destination) => PatternTraits.ForAll ^ OfDestination(destination);

    /// <inheritdoc cref="Traits(in AccessPattern)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public InstructionTraits Traits(in AccessPattern destination, in AccessPattern source) =>
        PatternTraits.ForAll ^ (OfDestination(destination) | OfSource(source));

    /// <inheritdoc cref="Traits(in AccessPattern)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public InstructionTraits Traits(in AccessPattern destination, in AccessPattern source1, in AccessPattern source2) =>
        PatternTraits.ForAll ^ (OfDestination(destination) | OfSource(source1) | OfSource(source2));

    /// <summary>The same for the Tensor engine, whose way to PSUM nobody shares: banks are not asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal InstructionTraits ArrayTraits(in AccessPattern destination) => PatternTraits.ForAll
        ^ (Memory(destination.Tensor, InstructionTraits.DestinationPsum) | PatternTraits.Of(destination));

    /// <inheritdoc cref="ArrayTraits(in AccessPattern)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal InstructionTraits ArrayTraits(in AccessPattern destination, in AccessPattern source) => PatternTraits.ForAll
        ^ (Memory(destination.Tensor, InstructionTraits.DestinationPsum) | PatternTraits.Of(destination)
            | Memory(source.Tensor, InstructionTraits.SourcePsum) | PatternTraits.Of(source));

    /// <summary>
    /// The same with a source of one contiguous row in each partition, of the dtype and in the memory of
    /// <paramref name="like"/> and with its indices.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal InstructionTraits ArrayTraitsOfRow(in AccessPattern destination, in AccessPattern like) => PatternTraits.ForAll
        ^ (Memory(destination.Tensor, InstructionTraits.DestinationPsum) | PatternTraits.Of(destination)
            | Memory(like.Tensor, InstructionTraits.SourcePsum) | PatternTraits.OfRow(like));

    /// <summary>The tensor that a pattern addresses.</summary>
    public Tensor TensorOf(in AccessPattern pattern) => _tensors[pattern.Tensor];

    /// <summary>
    /// Adds an instruction; the operation's operands whose traits were asked for are the PSUM banks it touches.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in Instruction instruction)
    {
        var (instructions, count) = (_instructions, _count);
        if ((uint)count >= (uint)instructions.Length) instructions = Grow();
        instructions[count] = instruction.In(_banks);
        _count = count + 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Instruction[] Grow()
    {
        Array.Resize(ref _instructions, 2 * _count);
        return _instructions;
    }

    /// <summary>Adds the trigger of a DMA transfer; at most one for each operation.</summary>
    public void Trigger(in DmaTransfer transfer)
    {
        Add(new Instruction(CostClass.DmaTrigger, 1, transfer.DType));
        _transfer = transfer;
        HasTransfer = true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private InstructionTraits OfDestination(in AccessPattern pattern) =>
        Memory(pattern, InstructionTraits.DestinationPsum) | PatternTraits.Of(pattern);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private InstructionTraits OfSource(in AccessPattern pattern) =>
        Memory(pattern, InstructionTraits.SourcePsum) | PatternTraits.Of(pattern);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private InstructionTraits Memory(in AccessPattern pattern, InstructionTraits inPsum)
    {
        var traits = Memory(pattern.Tensor, inPsum);
        if (traits == inPsum && Engine != Engine.Tensor) _banks |= PsumBanks.Of(_tensors[pattern.Tensor], pattern);
        return traits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private InstructionTraits Memory(int tensor, InstructionTraits inPsum)
    {
        var space = _tensors[tensor].Space;
        return space == MemorySpace.Psum ? inPsum : space == MemorySpace.Sbuf ? InstructionTraits.Sbuf : 0;
    }
}
