using TrnEmu.Compiler.Importers;
using TrnEmu.Core.Chips;
using TrnEmu.Inference;

namespace TrnEmu.Generation;

/// <summary>
/// Runs a decoder step by step. A program is compiled when the sequence first needs its number of positions, and serves
/// every token until the sequence outgrows it: token and position are data.
/// </summary>
internal sealed class Generator : IDisposable
{
    private readonly Decoder _decoder;
    private readonly Chip _chip;
    private readonly RunOptions _options;
    private readonly ConstantLayout _layout;
    private readonly ModelMemory _memory;
    private readonly HostClock _clock;
    private readonly float[] _logits;
    private StepProgram? _program;

    /// <summary>Room for sequences of up to <paramref name="positions"/> tokens.</summary>
    public Generator(Decoder decoder, Chip chip, RunOptions options, int positions, HostClock clock)
    {
        (_decoder, _chip, _options, _clock) = (decoder, chip, options, clock);
        _layout = new ConstantLayout(decoder.Model);
        _memory = new ModelMemory(decoder.Model, Buckets.Of(positions, decoder.Positions));
        _logits = new float[decoder.Vocabulary];
    }

    /// <summary>What the compilation of the last program told.</summary>
    public CompileLog Log { get; private set; } = new();

    /// <summary>The program for a sequence of so many positions.</summary>
    public StepProgram Program(int positions)
    {
        var bucket = Buckets.Of(positions, _decoder.Positions);
        if (_program is { } current && current.Positions >= bucket) return current;
        _program?.Dispose();
        Log = new CompileLog();
        var program = _clock.Compile(
            () => Emulator.Compile(GenerationRun.StepOf(_decoder, _layout, bucket, _options), _chip, _options, Log.Options));
        var timed = _options.Time ? _clock.Time(() => TimedRun.Of(program, _chip)) : null;
        return _program = new StepProgram(program, bucket, _chip, _memory, timed);
    }

    /// <summary>Runs one step; the logits are valid until the next.</summary>
    public ReadOnlySpan<float> Step(int token, int position)
    {
        var program = Program(position + 1);
        _clock.Function(() => NodeNotes.Named(
            _decoder.Model.Graph, () => program.Run(token, position, _options, _logits)));
        return _logits;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _program?.Dispose();
        _memory.Dispose();
    }
}
