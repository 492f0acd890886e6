using System.Buffers.Binary;
using TrnEmu.Compiler.Importers;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Generation;

/// <summary>The compiled program that decodes one token, for sequences of up to a number of positions.</summary>
internal sealed class StepProgram : IDisposable
{
    private readonly BoundProgram _bound;

    /// <summary>Binds a program to the memory of its model.</summary>
    public StepProgram(Program program, int positions, Chip chip, ModelMemory memory, TimedRun? timed) =>
        (_bound, Positions, Timed) = (new BoundProgram(program, chip, memory.Find), positions, timed);

    /// <summary>The compiled program.</summary>
    public Program Program => _bound.Program;

    /// <summary>The first matrix product of the first step, where there is one.</summary>
    public MatmulSample? Sample => _bound.Sample;

    /// <summary>Positions for which its caches have room.</summary>
    public int Positions { get; }

    /// <summary>When what happens; the same for every token, since time does not look at data.</summary>
    public TimedRun? Timed { get; }

    /// <summary>Runs one step and reads its logits.</summary>
    public void Run(int token, int position, RunOptions options, Span<float> logits)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_bound.Bytes(Decoder.Token), token);
        BinaryPrimitives.WriteInt32LittleEndian(_bound.Bytes(Decoder.Position), position);
        _bound.Run(options.Threads, At(position, options.Arithmetic));
        Conversions.Widen(_bound[Decoder.Logits].DType, _bound.Bytes(Decoder.Logits), logits);
    }

    /// <summary>Operations are counted from 0 in each step; by the seed they round differently all the same.</summary>
    private static Arithmetic At(int position, Arithmetic arithmetic) => arithmetic.RoundingSeed is { } seed
        ? arithmetic with { RoundingSeed = seed ^ (long)position << 32 }
        : arithmetic;

    /// <inheritdoc/>
    public void Dispose() => _bound.Dispose();
}
