using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Importers.Onnx;
using TrnEmu.Compiler.Quantisation;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Numerics;
using TrnEmu.Data;

namespace TrnEmu.Inference;

/// <summary>An ONNX model: read with its inputs, compiled once, run for each of them.</summary>
internal sealed class ModelRun
{
    private const long ReferenceParameters = 10_000_000;
    private readonly string _path;
    private readonly RunOptions _options;
    private readonly HostClock _clock = new();
    private readonly CompileLog _log = new();
    private readonly ModelInputs _inputs;
    private readonly ImportedModel _imported;

    private ModelRun(string path, RunOptions options)
    {
        (_path, _options) = (path, options);
        _inputs = ModelInputs.Read(path, options);
        _imported = _clock.Compile(() => _inputs.Import(path, options));
        if (options.Weights is { } format)
            _imported = _imported with { Model = Quantiser.Apply(_imported.Model, format, options.Arithmetic.MxScale) };
    }

    private DType DType => ModelInputs.DTypeOf(_options);

    /// <summary>What is compiled.</summary>
    public static ModelWorkload Workload(string path, RunOptions options)
    {
        var run = new ModelRun(path, options);
        return run.Workload();
    }

    /// <summary>Runs a model.</summary>
    /// <exception cref="TrnException">A file, node or input that cannot be taken, or a fault of the machine.</exception>
    public static RunResult Execute(string path, RunOptions options) => new ModelRun(path, options).Execute();

    private ModelWorkload Workload() => new(_imported.Model, DType, new ConstantLayout(_imported.Model));

    private RunResult Execute()
    {
        var chip = _options.LoadChip("trn2");
        var workload = Workload();
        var program = _clock.Compile(() => Emulator.Compile(workload, chip, _options, _log.Options));
        var timed = _options.Time ? _clock.Time(() => TimedRun.Of(program, chip)) : null;
        if (!_options.Function) Emulator.CheckUnexecuted(program);
        var check = _options.Function && _options.Reference && IsSmall ? new ModelCheck(_imported.Model, DType) : null;
        var outputs = _options.Function ? Function(program, chip, check) : [];
        return new RunResult(_path, chip, program, _clock.Statistics)
        {
            WhatIf = _options.WhatIf,
            Timed = timed,
            Outputs = outputs,
            Check = check?.Result,
            Runs = _inputs.Runs,
            Graph = workload.Graph,
            UsefulMacs = workload.UsefulMacs,
            Peaks = MemoryPeaks.Of(program, chip),
            Spills = _log.Spills,
            Diagnostics = _log.Warnings,
        };
    }

    private bool IsSmall => _imported.Model.Graph.Tensors.Where(t => t.Role == GraphRole.Constant)
        .Sum(t => t.Type.Elements) <= ReferenceParameters;

    private IReadOnlyList<TensorData> Function(Program program, Chip chip, ModelCheck? check)
    {
        using var bound = new BoundProgram(program, chip);
        foreach (var (name, bytes) in _imported.Model.Constants) bytes.CopyTo(bound.Bytes(name));
        string[] graphOutputs =
            [.. _imported.Model.Graph.Tensors.Where(t => t.Role == GraphRole.Output).Select(t => t.Name)];
        var all = new RunOutputs(_inputs.Runs, _inputs.AlongFirst);
        for (var run = 0; run < _inputs.Runs; run++)
        {
            var given = _inputs.Of(_imported, run);
            var inputs = Written(bound, _imported.Feed(given));
            _clock.Function(() => bound.Run(_options.Threads, _options.Arithmetic));
            var results = graphOutputs.ToDictionary(t => t, t => Data(bound, t).ToDoubles());
            check?.Compare(inputs, results);
            var values = _imported.Results(results, given);
            foreach (var port in _imported.Outputs)
                all.Add(port.Name, CarrierOf(port), new Values([.. port.Shape], values[port.Name]));
        }

        return all.All;
    }

    /// <summary>Writes the inputs of the graph; returns them as the chip sees them, rounded to their types.</summary>
    private static Dictionary<string, double[]> Written(BoundProgram bound, Dictionary<string, double[]> inputs)
    {
        var rounded = new Dictionary<string, double[]>();
        foreach (var (name, values) in inputs)
        {
            var tensor = bound[name];
            var data = TensorData.FromDoubles(name, tensor.DType, tensor.Shape, values);
            data.Bytes.CopyTo(bound.Bytes(name));
            rounded.Add(name, data.ToDoubles());
        }

        return rounded;
    }

    private static TensorData Data(BoundProgram bound, string name) =>
        new(name, bound[name].DType, bound[name].Shape, bound.Bytes(name).ToArray());

    /// <summary>The type as which an output is given: what carries it on the chip, fp32 or int8 for types of the host.</summary>
    private DType CarrierOf(ModelPort port) =>
        port.Type.Carrier(DType) ?? (port.Type.IsInteger() ? port.Type.IsSigned() ? DType.Int8 : DType.UInt8 : DType.Fp32);
}
