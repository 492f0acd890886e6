using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Data;

namespace TrnEmu;

/// <summary>
/// What a run's inputs and constants hold. Values that are made of a seed are made where they are needed, in HBM and
/// again for the reference; those of files are read once, before the run.
/// </summary>
internal sealed class RunInputData
{
    private readonly RunOptions _options;
    private readonly Dictionary<string, TensorData> _read = [];

    private RunInputData(Program program, RunOptions options)
    {
        _options = options;
        Tensors = [.. program.Tensors.Where(t => t.Role is TensorRole.Input or TensorRole.InOut or TensorRole.Constant)];
    }

    /// <summary>Tensors that hold something before the run.</summary>
    public IReadOnlyList<Tensor> Tensors { get; }

    /// <summary>Finds them, and reads the files that the options name.</summary>
    /// <exception cref="TrnException">TRN1004, or a file that cannot be used.</exception>
    public static RunInputData Read(Program program, RunOptions options, IWorkload workload)
    {
        var inputs = new RunInputData(program, options);
        foreach (var name in options.Inputs.Keys)
        {
            if (inputs.Tensors.All(t => t.Name != name))
                throw Bad($"there is no input {name}, expected {string.Join(", ", inputs.Tensors.Select(t => t.Name))}");
        }

        foreach (var tensor in inputs.Tensors)
        {
            if (options.Inputs.TryGetValue(tensor.Name, out var path))
                inputs._read[tensor.Name] = Fitting(tensor, Npy.Read(path, tensor.Name, tensor.DType), path);
            else if (ContentOf(tensor).Kind == ContentKind.File)
                inputs._read[tensor.Name] = new TensorData(tensor.Name, tensor.DType, tensor.Shape, workload.Constant(tensor));
        }

        return inputs;
    }

    /// <summary>The values of one of the tensors.</summary>
    public TensorData Of(Tensor tensor) => _read.TryGetValue(tensor.Name, out var data)
        ? data
        : ContentGenerator.Make(tensor, ContentOf(tensor).Kind, ContentOf(tensor).Seed + _options.Seed);

    /// <summary>Puts them where the tensor is.</summary>
    public void Write(Tensor tensor, in Placement place)
    {
        var content = ContentOf(tensor);
        var bytes = place.Block.Span(place.Offset, checked((int)tensor.Bytes));
        if (_read.TryGetValue(tensor.Name, out var data)) data.Bytes.CopyTo(bytes);
        else ContentGenerator.Fill(tensor, content.Kind, content.Seed + _options.Seed, bytes);
    }

    private static TensorContent ContentOf(Tensor tensor) => tensor.Content ?? new TensorContent(ContentKind.Random);

    private static TensorData Fitting(Tensor tensor, TensorData data, string path) => data.Shape == tensor.Shape
        ? data
        : throw Bad($"{path} has shape [{string.Join(',', data.Shape)}], input {tensor.Name} is {tensor.TypeText}");

    private static TrnException Bad(string message) =>
        new(FailureKind.BadInput, Diagnostic.Error(FunctionRun.Input, message, SourceSpan.None));
}
