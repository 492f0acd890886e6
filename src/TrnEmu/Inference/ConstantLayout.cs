using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Text;

namespace TrnEmu.Inference;

/// <summary>Where the constants of a model are in the file beside its programs; the same for all of its
/// programs.</summary>
internal sealed class ConstantLayout
{
    private readonly Dictionary<string, TensorContent> _contents = [];

    /// <summary>Places them in the order of the graph, and takes their hashes.</summary>
    public ConstantLayout(Model model)
    {
        var writer = new ConstantWriter(Stream.Null);
        foreach (var tensor in model.Graph.Tensors.Where(t => t.Role == GraphRole.Constant))
            _contents.Add(tensor.Name, writer.Add(model.Constants[tensor.Name]));
    }

    /// <summary>Place and hash of a constant.</summary>
    public TensorContent this[string name] => _contents[name];
}
