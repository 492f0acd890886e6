using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Importers;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Inference;

namespace TrnEmu.Generation;

/// <summary>One answer of a model: the prompt token by token, then each token that the model gives, until it
/// ends.</summary>
internal static class GenerationRun
{
    /// <summary>The answer would outgrow the model.</summary>
    public static readonly DiagnosticCode Shortened = new(
        "TRN1423", "steps", "A sequence has no more tokens than the model has positions.",
        "Ask for fewer steps, or give a shorter prompt.");

    private const int DefaultSteps = 64;

    /// <summary>Runs a model.</summary>
    /// <exception cref="TrnException">A prompt that it cannot take, or a fault of the emulated machine.</exception>
    public static RunResult Execute(string target, Func<LanguageModel> load, RunOptions options)
    {
        var clock = new HostClock();
        var model = clock.Compile(load);
        var chip = options.LoadChip("trn2");
        var start = model.Start(options);
        var room = model.Decoder.Positions - start.Count + 1;
        var steps = Math.Min(options.Steps ?? DefaultSteps, room);
        using var generator = new Generator(model.Decoder, chip, options, start.Count + steps - 1, clock);
        var check = options.Function && options.Reference && ModelRun.IsSmall(model.Decoder.Model) ? new LogitsCheck(model.Decoder) : null;
        var answer = options.Function ? Answer(generator, model.Decoder, start, steps, options, check) : null;
        var last = generator.Program(start.Count + Math.Max(answer?.Tokens.Count ?? steps, 1) - 1);
        if (answer is null) NodeNotes.Named(model.Decoder.Model.Graph, () => Emulator.CheckUnexecuted(last.Program));
        return new RunResult(target, chip, last.Program, clock.Statistics)
        {
            WhatIf = options.WhatIf,
            Timed = last.Timed,
            Check = check?.Result,
            Sample = last.Sample,
            Runs = answer?.Runs ?? 1,
            Graph = model.Decoder.Model.Graph,
            Generation = answer?.Result(model, start),
            UsefulMacs = GraphMacs.Of(model.Decoder.Model.Graph.WithCachePositions(last.Positions)),
            Peaks = MemoryPeaks.Of(last.Program, chip),
            Spills = generator.Log.Spills,
            Diagnostics = options.Steps > room && answer?.Tokens.Count == room
                ? [.. generator.Log.Warnings, TooLong(options.Steps.Value, start.Count, model)]
                : generator.Log.Warnings,
        };
    }

    /// <summary>The step of a model with room for all tokens that the options ask for.</summary>
    public static ModelWorkload Workload(LanguageModel model, RunOptions options)
    {
        var positions = model.Start(options).Count + (options.Steps ?? DefaultSteps) - 1;
        return StepOf(
            model.Decoder, new ConstantLayout(model.Decoder.Model), Buckets.Of(positions, model.Decoder.Positions), options);
    }

    /// <summary>One step of a decoder, with room for a number of positions in its caches.</summary>
    public static ModelWorkload StepOf(Decoder decoder, ConstantLayout layout, int positions, RunOptions options)
    {
        var step = decoder.Model with { Graph = decoder.Model.Graph.WithCachePositions(positions) };
        return new ModelWorkload(step, decoder.DType, layout, options);
    }

    private static AnswerLog Answer(
        Generator generator, Decoder decoder, IReadOnlyList<int> start, int steps, RunOptions options, LogitsCheck? check)
    {
        var sampler = new Sampler(options.Temperature, options.Seed);
        var log = new AnswerLog();
        var token = start[0];
        for (var position = 0; log.Tokens.Count < steps; position++)
        {
            var logits = generator.Step(token, position);
            check?.Compare(token, position, logits);
            var isAnswer = position + 1 >= start.Count;
            token = isAnswer ? sampler.Next(logits) : start[position + 1];
            log.Add(isAnswer ? token : null, generator.Program(position + 1).Timed?.Timeline.TimeUs);
            if (!isAnswer) continue;
            var isEnd = decoder.LastTokens.Contains(token);
            options.Progress?.Invoke(isEnd ? steps : log.Tokens.Count, steps);
            if (isEnd) break;
        }

        return log;
    }

    private static Diagnostic TooLong(int steps, int start, LanguageModel model) => Diagnostic.Warning(
        Shortened,
        FormattableString.Invariant(
            $"--steps {steps} after {start} tokens, the model has {model.Decoder.Positions} positions: ")
        + "the answer is cut there",
        SourceSpan.None);
}
