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

    /// <summary>The program around the operation, for tensors' memories.</summary>
    public Program Program { get; private set; } = Program.Empty;

    /// <summary>The engine the operation is placed on.</summary>
    public Engine Engine { get; private set; }

    /// <summary>Generation of the chip: 2, 3 or 4.</summary>
    public int Generation { get; private set; }

    /// <summary>The instructions, in the order of the engine's queue.</summary>
    public ReadOnlySpan<Instruction> Instructions => _instructions.AsSpan(0, _count);

    /// <summary>What the DMA engines move, or null.</summary>
    public DmaTransfer? Transfer { get; private set; }

    /// <summary>Forgets the last operation.</summary>
    public void Begin(Program program, Engine engine, int generation)
    {
        Program = program;
        Engine = engine;
        Generation = generation;
        Transfer = null;
        _count = 0;
        _banks = 0;
    }

    /// <summary>
    /// Circumstances that the operands of one instruction make, seen over all of them: memories, element sizes,
    /// strides.
    /// </summary>
    public InstructionTraits Traits(in AccessPattern destination, params ReadOnlySpan<AccessPattern> sources)
    {
        var traits = InstructionTraits.Narrow | InstructionTraits.HalfFloat | Memory(destination, InstructionTraits.DestinationPsum);
        PatternTraits.Meet(ref traits, destination);
        foreach (ref readonly var source in sources)
        {
            traits |= Memory(source, InstructionTraits.SourcePsum);
            PatternTraits.Meet(ref traits, source);
        }

        return traits;
    }

    /// <summary>Adds an instruction; the operation's operands whose traits were asked for are the PSUM banks it touches.</summary>
    public void Add(in Instruction instruction)
    {
        if (_count == _instructions.Length) Array.Resize(ref _instructions, _count * 2);
        _instructions[_count++] = _banks == 0 ? instruction : instruction with { Banks = _banks };
    }

    /// <summary>Adds the trigger of a DMA transfer; at most one for each operation.</summary>
    public void Trigger(in DmaTransfer transfer)
    {
        Add(new Instruction(CostClass.DmaTrigger, 1, transfer.DType));
        Transfer = transfer;
    }

    private InstructionTraits Memory(in AccessPattern pattern, InstructionTraits inPsum)
    {
        var tensor = Program.TensorOf(pattern);
        if (tensor.Space != MemorySpace.Psum) return tensor.Space == MemorySpace.Sbuf ? InstructionTraits.Sbuf : 0;
        _banks |= PsumBanks.Of(tensor, pattern);
        return inPsum;
    }
}
