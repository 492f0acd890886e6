using TrnEmu.Compiler.Importers.Onnx;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Generation;

namespace TrnEmu.Inference;

/// <summary>
/// An ONNX model that continues tokens: the prompt in the first step, then each token that it gives, with keys and
/// values of earlier ones where the model takes them. Their number is in the shapes, so that each step is compiled.
/// </summary>
internal sealed class DecoderRun
{
    private const int DefaultSteps = 64;
    private readonly string _path;
    private readonly RunOptions _options;
    private readonly Chip _chip;
    private readonly HostClock _clock = new();
    private readonly CompileLog _log = new();
    private readonly IReadOnlyList<DeclaredInput> _declared;
    private readonly DecoderPorts _ports;
    private readonly Dictionary<string, Values> _caches = [];
    private readonly List<GenerationStep> _steps = [];
    private readonly List<CheckResult> _checks = [];
    private RunResult? _last;

    private DecoderRun(string path, RunOptions options)
    {
        (_path, _options, _chip) = (path, options, options.LoadChip("trn2"));
        _declared = DeclaredInput.Of(path, options.Dims);
        if (!DecoderPorts.TakesTokens(_declared))
            throw Bad($"the model has no input input_ids of two dimensions: --tokens is for models that continue tokens");
        _ports = new DecoderPorts(_declared, DeclaredInput.OutputsOf(path));
    }

    /// <summary>Runs the model on the tokens of the options.</summary>
    /// <exception cref="TrnException">A file or tokens that cannot be taken, or a fault of the machine.</exception>
    public static RunResult Execute(string path, RunOptions options) => new DecoderRun(path, options).Execute(options.Tokens!);

    private RunResult Execute(IReadOnlyList<int> start)
    {
        var steps = _options.Function ? _options.Steps ?? DefaultSteps : 1;
        var sampler = new Sampler(_options.Temperature, _options.Seed);
        var (tokens, before) = (start, 0);
        for (var step = 0; step < steps; step++)
        {
            var logits = Step(tokens, before);
            if (logits is null) break;
            before += tokens.Count;
            var next = sampler.Next(logits);
            _steps.Add(new GenerationStep(next, _last!.Timeline?.TimeUs));
            _options.Progress?.Invoke(step + 1, steps);
            tokens = _caches.Count > 0 ? [next] : [.. start, .. _steps.Select(s => s.Token)];
            if (_caches.Count == 0) before = 0;
        }

        return _last! with
        {
            Host = _clock.Statistics,
            Runs = Math.Max(1, _steps.Count),
            Check = _checks.Count == 0 ? null : Worst(),
            Generation = _options.Function ? new GenerationResult(Path.GetFileName(_path), start, null, _steps, null) : null,
            Spills = _log.Spills,
            Diagnostics = _log.Warnings,
        };
    }

    /// <summary>Compiles and runs a step; returns the logits of its last token, or null where only time is asked for.</summary>
    private float[]? Step(IReadOnlyList<int> tokens, int before)
    {
        var types = _declared.ToDictionary(d => d.Name, d => d.Type);
        var inputs = _ports.Inputs(tokens, before, _caches);
        var given = inputs.ToDictionary(i => i.Key, i => new OnnxTensor(types[i.Key], i.Value.Shape, i.Value.Numbers));
        var imported = _clock.Compile(() => ModelRun.Narrow(
            OnnxFile.Read(_path, new OnnxOptions(ModelInputs.DTypeOf(_options), _options.Dims, given)), _options,
            [inputs.ToDictionary(i => i.Key, i => i.Value.Numbers)]));
        using var model = _clock.Compile(() => new CompiledModel(imported, _chip, _options, _log));
        var timed = _options.Time ? _clock.Time(() => TimedRun.Of(model.Program, _chip)) : null;
        _last = new RunResult(_path, _chip, model.Program, _clock.Statistics)
        {
            WhatIf = _options.WhatIf,
            Timed = timed,
            Graph = model.Graph,
            UsefulMacs = model.UsefulMacs,
            Peaks = MemoryPeaks.Of(model.Program, _chip),
        };
        if (!_options.Function)
        {
            NodeNotes.Named(model.Graph, () => Emulator.CheckUnexecuted(model.Program));
            return null;
        }

        var check = _options.Reference && ModelRun.IsSmall(imported.Model)
            ? new ModelCheck(imported.Model) : null;
        var results = _clock.Function(() => model.Run(inputs.ToDictionary(i => i.Key, i => i.Value.Numbers), check));
        if (check is not null) _checks.Add(check.Result);
        foreach (var (past, present) in _ports.Caches)
            _caches[past.Name] = new Values([.. imported.Outputs.First(o => o.Name == present).Shape], results[present]);
        var vocabulary = imported.Outputs.First(o => o.Name == _ports.Logits).Shape[^1];
        return [.. results[_ports.Logits].TakeLast(vocabulary).Select(v => (float)v)];
    }

    private CheckResult Worst() => new(
        _checks.Max(c => c.MaxAbsoluteError), _checks.Max(c => c.MaxRelativeError), _checks.Max(c => c.Tolerance),
        _checks.Select(c => c.FirstWrong).FirstOrDefault(w => w is not null));

    private TrnException Bad(FormattableString message) => new(FailureKind.BadInput, Diagnostic.Error(
        FunctionRun.Input, FormattableString.Invariant(message), new SourceSpan(_path, 0)));
}
