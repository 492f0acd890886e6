using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Importers.Onnx;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Data;

namespace TrnEmu.Inference;

/// <summary>An imported model as a program, to be run on inputs again and again.</summary>
internal sealed class CompiledModel : IDisposable
{
    private readonly ImportedModel _imported;
    private readonly RunOptions _options;
    private readonly string[] _outputs;
    private readonly Lazy<BoundProgram> _bound;
    private readonly List<NativeBlock> _constants = [];

    /// <summary>Compiles a model.</summary>
    /// <exception cref="Core.Diagnostics.TrnException">Nodes that no kernel computes, or what the passes find.</exception>
    public CompiledModel(ImportedModel imported, Chip chip, RunOptions options, CompileLog log)
    {
        (_imported, _options) = (imported, options);
        _outputs = [.. imported.Model.Graph.Tensors.Where(t => t.Role == GraphRole.Output).Select(t => t.Name)];
        var workload = Workload(imported, options);
        UsefulMacs = workload.UsefulMacs;
        Program = Emulator.Compile(workload, chip, options, log.Options);
        _bound = new(() => Bind(chip));
    }

    /// <summary>The program.</summary>
    public Program Program { get; }

    /// <summary>What it computes.</summary>
    public ModelGraph Graph => _imported.Model.Graph;

    /// <summary>Multiply-adds of the model.</summary>
    public long? UsefulMacs { get; }

    /// <summary>The first matrix product that was executed, where there is one.</summary>
    public MatmulSample? Sample => _bound.IsValueCreated ? _bound.Value.Sample : null;

    /// <summary>What is compiled.</summary>
    public static ModelWorkload Workload(ImportedModel imported, RunOptions options) =>
        new(imported.Model, ModelInputs.DTypeOf(options), new ConstantLayout(imported.Model), options);

    /// <summary>Runs it on the model's inputs by name.</summary>
    /// <param name="inputs">Values of all inputs.</param>
    /// <param name="check">Told what the chip was given and what it computed, or null.</param>
    /// <returns>The model's outputs by name.</returns>
    /// <exception cref="Core.Diagnostics.TrnException">A fault of the emulated machine.</exception>
    public Dictionary<string, double[]> Run(IReadOnlyDictionary<string, double[]> inputs, ModelCheck? check = null)
    {
        var written = Write(_imported.Feed(inputs));
        NodeNotes.Named(Graph, () => _bound.Value.Run(_options.Threads, _options.Arithmetic));
        var results = _outputs.ToDictionary(o => o, o => Data(o).ToDoubles());
        check?.Compare(written, results);
        return _imported.Results(results, inputs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_bound.IsValueCreated) _bound.Value.Dispose();
        foreach (var block in _constants) block.Dispose();
    }

    private BoundProgram Bind(Chip chip)
    {
        return new BoundProgram(Program, chip, tensor => tensor.Role == TensorRole.Constant ? Constant(tensor.Name) : null);

        NativeBlock Constant(string name)
        {
            var block = new NativeBlock(_imported.Model.Constants[name]);
            _constants.Add(block);
            return block;
        }
    }

    /// <summary>Writes the inputs of the graph; returns them as the chip sees them, rounded to their types.</summary>
    private Dictionary<string, double[]> Write(Dictionary<string, double[]> inputs)
    {
        var rounded = new Dictionary<string, double[]>();
        foreach (var (name, values) in inputs)
        {
            var tensor = _bound.Value[name];
            var data = TensorData.FromDoubles(name, tensor.DType, tensor.Shape, values);
            data.Bytes.CopyTo(_bound.Value.Bytes(name));
            rounded.Add(name, data.ToDoubles());
        }

        return rounded;
    }

    private TensorData Data(string name)
    {
        var tensor = _bound.Value[name];
        return new TensorData(name, tensor.DType, tensor.Shape, _bound.Value.Bytes(name).ToArray());
    }
}
