using System.Buffers.Binary;
using TrnEmu.Compiler.Importers;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Sim;
using TrnEmu.Sim.Observers;

namespace TrnEmu.Generation;

/// <summary>The compiled program that decodes one token, for sequences of up to a number of positions.</summary>
internal sealed class StepProgram : IDisposable
{
    private readonly Binding _binding;
    private readonly Chip _chip;
    private readonly Tensor _logits;
    private bool _isProved;

    /// <summary>Binds a program to the memory of its model.</summary>
    public StepProgram(Program program, int positions, Chip chip, ModelMemory memory, TimedRun? timed)
    {
        (Program, Positions, Timed, _chip) = (program, positions, timed, chip);
        _binding = Binding.Physical(program, memory.Find);
        _logits = Find(Decoder.Logits);
    }

    /// <summary>The compiled program.</summary>
    public Program Program { get; }

    /// <summary>Positions for which its caches have room.</summary>
    public int Positions { get; }

    /// <summary>When what happens; the same for every token, since time does not look at data.</summary>
    public TimedRun? Timed { get; }

    /// <summary>
    /// Runs one step and reads its logits. The first run proves that nothing unwritten is read and nothing races; later
    /// ones execute the same operations and are not watched.
    /// </summary>
    public void Run(int token, int position, RunOptions options, Span<float> logits)
    {
        Write(Decoder.Token, token);
        Write(Decoder.Position, position);
        var observer = _isProved ? null : new ObserverList(new WrittenObserver(Program), new RaceObserver(Program));
        FunctionPass.Run(Program, _binding, _chip, observer, options.Threads, At(position, options.Arithmetic));
        _isProved = true;
        var place = _binding[_logits.Id];
        Conversions.Widen(_logits.DType, place.Block.Span(place.Offset, (int)_logits.Bytes), logits);
    }

    /// <summary>Operations are counted from 0 in each step; by the seed they round differently all the same.</summary>
    private static Arithmetic At(int position, Arithmetic arithmetic) => arithmetic.RoundingSeed is { } seed
        ? arithmetic with { RoundingSeed = seed ^ (long)position << 32 }
        : arithmetic;

    /// <inheritdoc/>
    public void Dispose() => _binding.Dispose();

    private void Write(string input, int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        HostCopy.Write(_binding[Find(input).Id], bytes);
    }

    private Tensor Find(string name) => Program.Tensors.First(t => t.Name == name);
}
