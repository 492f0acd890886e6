using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Text.Reading;

/// <summary>Tensors declared so far, in order and by name.</summary>
internal sealed class TensorTable
{
    private readonly List<Tensor> _tensors = [];
    private readonly Dictionary<string, Tensor> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tensor>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _refusedLookup;

    /// <summary>No tensors.</summary>
    public TensorTable()
    {
        _lookup = _byName.GetAlternateLookup<ReadOnlySpan<char>>();
        _refusedLookup = _refused.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>How many there are: the id of the next.</summary>
    public int Count => _tensors.Count;

    /// <summary>All names.</summary>
    public IReadOnlyCollection<string> Names => _byName.Keys;

    /// <summary>Adds a tensor with a new name.</summary>
    public void Add(Tensor tensor)
    {
        _tensors.Add(tensor);
        _byName.Add(tensor.Name, tensor);
    }

    /// <summary>Remembers a name whose declaration has an error, so that its uses are not reported as well.</summary>
    public void Refuse(string name) => _refused.Add(name);

    /// <summary>True when the declaration of the name has an error.</summary>
    public bool IsRefused(ReadOnlySpan<char> name) => _refusedLookup.Contains(name);

    /// <summary>The tensor of a name, or null.</summary>
    public Tensor? Find(ReadOnlySpan<char> name) => _lookup.TryGetValue(name, out var tensor) ? tensor : null;

    /// <summary>The tensors in order.</summary>
    public EquatableArray<Tensor> ToArray() => EquatableArray.Create<Tensor>(_tensors.ToArray());
}
