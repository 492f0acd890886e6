using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Importers.Onnx;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Data;

namespace TrnEmu.Inference;

/// <summary>The inputs of a model as the user gives them; the others are random, or zeros where they are integers.</summary>
internal sealed class ModelInputs
{
    private readonly RunInputs _given;
    private readonly RunOptions _options;
    private readonly IReadOnlyDictionary<string, OnnxType> _types;
    private ImportedModel? _graph;

    private ModelInputs(RunInputs given, IReadOnlyDictionary<string, OnnxType> types, RunOptions options) =>
        (_given, _types, _options) = (given, types, options);

    /// <summary>How often the model runs.</summary>
    public int Runs => _given.Runs;

    /// <inheritdoc cref="RunInputs.AlongFirst"/>
    public bool AlongFirst => _given.AlongFirst;

    /// <summary>Type of what a model declares fp32.</summary>
    public static DType DTypeOf(RunOptions options) => options.DType ?? DType.Bf16;

    /// <summary>True for the JSON of a graph of ours.</summary>
    public static bool IsGraph(string path) => path.EndsWith(".json", StringComparison.Ordinal);

    /// <summary>Reads the files that the options name.</summary>
    /// <exception cref="TrnException">TRN1004: no input of that name, or arrays for other numbers of runs.</exception>
    public static ModelInputs Read(string path, RunOptions options)
    {
        var graph = IsGraph(path) ? GraphModel.Of(GraphJson.Read(path), path) : null;
        var declared = graph is null
            ? DeclaredInput.Of(path, options.Dims)
            : [.. graph.Inputs.Select(i => new DeclaredInput(i.Name, i.Type, [.. i.Shape.Select(e => (int?)e)]))];
        foreach (var name in options.Inputs.Keys)
        {
            if (declared.All(d => d.Name != name))
                throw Bad($"there is no input {name}, expected {string.Join(", ", declared.Select(d => d.Name))}");
        }

        var arrays = options.Inputs.ToDictionary(i => i.Key, i => Array(i.Value));
        var ranked = declared.Where(d => d.Extents is not null).ToDictionary(d => d.Name, d => d.Extents!.ToArray());
        return new ModelInputs(
            new RunInputs(arrays, ranked), declared.ToDictionary(d => d.Name, d => d.Type), options)
        {
            _graph = graph,
        };
    }

    /// <summary>Reads the model with the inputs of the first run, which fix extents and what shapes depend on.</summary>
    /// <exception cref="TrnException">The file cannot be compiled.</exception>
    public ImportedModel Import(string path, RunOptions options)
    {
        if (_graph is not null) return _graph;
        var first = _given[0].ToDictionary(
            i => i.Key, i => new OnnxTensor(_types[i.Key], i.Value.Shape, i.Value.Numbers));
        return OnnxFile.Read(path, new OnnxOptions(DTypeOf(options), options.Dims, first));
    }

    /// <summary>Values of all inputs of a run.</summary>
    /// <exception cref="TrnException">TRN1004: a shape that does not fit.</exception>
    public IReadOnlyDictionary<string, double[]> Of(ImportedModel model, int run)
    {
        var given = _given[run];
        return model.Inputs.ToDictionary(p => p.Name, p => given.TryGetValue(p.Name, out var values)
            ? Fitting(p, values) : Made(p));
    }

    private static double[] Fitting(ModelPort port, Values values) => values.Shape.SequenceEqual(port.Shape)
        ? values.Numbers
        : throw Bad($"input {port.Name} is given as [{string.Join(',', values.Shape)}], the model takes [{string.Join(',', port.Shape)}]");

    private double[] Made(ModelPort port)
    {
        // Index 0 is an index of every table, so a model can run before anybody gives its inputs.
        var count = port.Shape.Aggregate(1L, (n, e) => n * e);
        if (!port.Type.IsFloat() || count == 0) return new double[count];
        var tensor = new Tensor(0, port.Name, MemorySpace.Hbm, DTypeOf(_options), [(int)count]);
        return ContentGenerator.Make(tensor, ContentKind.Random, _options.Seed).ToDoubles();
    }

    private static Values Array(string file)
    {
        var (shape, numbers) = Npy.ReadNumbers(file);
        return new Values(shape, numbers);
    }

    private static TrnException Bad(FormattableString message) => new(
        FailureKind.BadInput, Diagnostic.Error(FunctionRun.Input, FormattableString.Invariant(message), SourceSpan.None));
}
