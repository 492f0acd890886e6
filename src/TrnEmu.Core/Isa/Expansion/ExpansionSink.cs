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
    public InstructionTraits Traits(in AccessPattern destination)
    {
        var traits = InstructionTraits.Narrow | InstructionTraits.HalfFloat | Memory(
            destination, InstructionTraits.DestinationPsum);
        PatternTraits.Meet(ref traits, destination);
        return traits;
    }

    /// <inheritdoc cref="Traits(in AccessPattern)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public InstructionTraits Traits(in AccessPattern destination, in AccessPattern source)
    {
        var traits = Traits(destination);
        traits |= Memory(source, InstructionTraits.SourcePsum);
        PatternTraits.Meet(ref traits, source);
        return traits;
    }

    /// <inheritdoc cref="Traits(in AccessPattern)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public InstructionTraits Traits(in AccessPattern destination, in AccessPattern source1, in AccessPattern source2)
    {
        var traits = Traits(destination, source1);
        traits |= Memory(source2, InstructionTraits.SourcePsum);
        PatternTraits.Meet(ref traits, source2);
        return traits;
    }

    /// <summary>
    /// The same with a source of one contiguous row in each partition, of the dtype and in the memory of
    /// <paramref name="like"/> and with its indices.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public InstructionTraits TraitsOfRow(in AccessPattern destination, in AccessPattern like)
    {
        var traits = Traits(destination);
        traits |= Memory(like, InstructionTraits.SourcePsum);
        PatternTraits.Meet(ref traits, like.DType, innermost: 1, like.IsIndirect);
        return traits;
    }

    /// <summary>The tensor that a pattern addresses.</summary>
    public Tensor TensorOf(in AccessPattern pattern) => _tensors[pattern.Tensor];

    /// <summary>
    /// Adds an instruction; the operation's operands whose traits were asked for are the PSUM banks it touches.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in Instruction instruction)
    {
        if (_count == _instructions.Length) Array.Resize(ref _instructions, _count * 2);
        _instructions[_count++] = instruction.In(_banks);
    }

    /// <summary>Adds the trigger of a DMA transfer; at most one for each operation.</summary>
    public void Trigger(in DmaTransfer transfer)
    {
        Add(new Instruction(CostClass.DmaTrigger, 1, transfer.DType));
        _transfer = transfer;
        HasTransfer = true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private InstructionTraits Memory(in AccessPattern pattern, InstructionTraits inPsum)
    {
        var tensor = _tensors[pattern.Tensor];
        if (tensor.Space != MemorySpace.Psum) return tensor.Space == MemorySpace.Sbuf ? InstructionTraits.Sbuf : 0;
        // No port of the Tensor engine is shared.
        if (Engine != Engine.Tensor) _banks |= PsumBanks.Of(tensor, pattern);
        return inPsum;
    }
}
