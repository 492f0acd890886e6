using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Importers.Onnx;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;
using TrnEmu.Data;

namespace TrnEmu.Inference;

/// <summary>An ONNX model: read with its inputs, compiled once, run for each of them.</summary>
internal sealed class ModelRun
{
    private const long ReferenceParameters = 10_000_000;
    private readonly RunOptions _options;
    private readonly HostClock _clock = new();
    private readonly ModelInputs _inputs;
    private readonly ImportedModel _imported;

    private ModelRun(string path, RunOptions options)
    {
        _options = options;
        _inputs = ModelInputs.Read(path, options);
        _imported = _clock.Compile(() => Narrow(_inputs.Import(path, options)));
    }

    /// <summary>What is compiled.</summary>
    /// <exception cref="TrnException">A file, node or input that cannot be taken.</exception>
    public static ModelWorkload Workload(string path, RunOptions options) =>
        CompiledModel.Workload(new ModelRun(path, options)._imported, options);

    /// <summary>Runs a model.</summary>
    /// <exception cref="TrnException">As above, or a fault of the machine.</exception>
    public static RunResult Execute(string path, RunOptions options) => new ModelRun(path, options).Execute(path);

    /// <summary>True when comparing with the fp64 reference takes no longer than people wait.</summary>
    public static bool IsSmall(Model model) =>
        model.Graph.Tensors.Where(t => t.Role == GraphRole.Constant).Sum(t => t.Type.Elements) <= ReferenceParameters;

    /// <summary>The model in the formats that the options want, calibrated on the given inputs of the model.</summary>
    public static ImportedModel Narrow(
        ImportedModel imported, RunOptions options, IEnumerable<IReadOnlyDictionary<string, double[]>> runs) =>
        imported with
        {
            Model = Narrowing.Apply(imported.Model, options, calibration =>
            {
                foreach (var inputs in runs) calibration.Run(imported.Feed(inputs));
            }),
        };

    /// <summary>Calibrated on all runs, of large models on the first.</summary>
    private ImportedModel Narrow(ImportedModel imported)
    {
        var runs = Enumerable.Range(0, IsSmall(imported.Model) ? _inputs.Runs : 1).Select(r => _inputs.Of(imported, r));
        return Narrow(imported, _options, runs);
    }

    private RunResult Execute(string path)
    {
        var (chip, log) = (_options.LoadChip("trn2"), new CompileLog());
        using var model = _clock.Compile(() => new CompiledModel(_imported, chip, _options, log));
        var timed = _options.Time ? _clock.Time(() => TimedRun.Of(model.Program, chip)) : null;
        if (!_options.Function) NodeNotes.Named(model.Graph, () => Emulator.CheckUnexecuted(model.Program));
        var check = _options.Function && _options.Reference && IsSmall(_imported.Model)
            ? new ModelCheck(_imported.Model) : null;
        var outputs = _options.Function ? Function(model, check) : [];
        return new RunResult(path, chip, model.Program, _clock.Statistics)
        {
            WhatIf = _options.WhatIf,
            Timed = timed,
            Outputs = outputs,
            Check = check?.Result,
            Sample = model.Sample,
            Runs = _inputs.Runs,
            Graph = model.Graph,
            HostSteps = [.. _imported.Before.Nodes, .. _imported.After.Nodes],
            UsefulMacs = model.UsefulMacs,
            Peaks = MemoryPeaks.Of(model.Program, chip),
            Spills = log.Spills,
            Diagnostics = log.Warnings,
        };
    }

    private IReadOnlyList<TensorData> Function(CompiledModel model, ModelCheck? check)
    {
        var all = new RunOutputs(_inputs.Runs, _inputs.AlongFirst);
        for (var run = 0; run < _inputs.Runs; run++)
        {
            var inputs = _inputs.Of(_imported, run);
            var values = _clock.Function(() => model.Run(inputs, check));
            foreach (var port in _imported.Outputs)
                all.Add(port.Name, CarrierOf(port), new Values([.. port.Shape], values[port.Name]));
        }

        return all.All;
    }

    /// <summary>The type as which an output is given: what carries it on the chip; for types of the host 8-bit integers
    /// or fp32.</summary>
    private DType CarrierOf(ModelPort port) =>
        port.Type.Carrier(ModelInputs.DTypeOf(_options))
        ?? (port.Type.IsInteger() ? port.Type.IsSigned() ? DType.Int8 : DType.UInt8 : DType.Fp32);
}
