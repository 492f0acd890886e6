using System.Runtime.InteropServices;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Isa;

/// <summary>
/// A program that grows while a front end records it: tensors and entries are appended, and read at any time. A front
/// end that keeps no trace never appends entries and uses the ids of tensors again.
/// </summary>
/// <param name="cores">Cores at first.</param>
public sealed class ProgramRecording(int cores = 1) : IProgram
{
    private readonly List<Tensor> _tensors = [];
    private readonly List<List<Entry>> _entries = [.. Enumerable.Range(0, cores).Select(_ => new List<Entry>())];

    /// <inheritdoc/>
    public int TensorCount => _tensors.Count;

    /// <inheritdoc/>
    public int CoreCount => _entries.Count;

    /// <summary>All tensors by id; the list grows.</summary>
    public IReadOnlyList<Tensor> Tensors => _tensors;

    /// <inheritdoc/>
    public Tensor TensorAt(int id) => _tensors[id];

    /// <inheritdoc/>
    /// <remarks>Valid until the core's next entry.</remarks>
    public ReadOnlySpan<Entry> EntriesOf(int core) => CollectionsMarshal.AsSpan(_entries[core]);

    /// <summary>Number of entries of a core.</summary>
    public int Count(int core) => _entries[core].Count;

    /// <summary>There are at least so many cores.</summary>
    public void EnsureCores(int count)
    {
        while (_entries.Count < count) _entries.Add([]);
    }

    /// <summary>Appends a tensor, whose id must be the next one.</summary>
    public void Add(Tensor tensor)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(tensor.Id, _tensors.Count);
        _tensors.Add(tensor);
    }

    /// <summary>Puts another tensor in the place of one with its id.</summary>
    public void Replace(Tensor tensor) => _tensors[tensor.Id] = tensor;

    /// <summary>Appends an entry to a core.</summary>
    public void Add(int core, in Entry entry) => _entries[core].Add(entry);

    /// <summary>Puts an entry before the one at an index, or behind all.</summary>
    public void Insert(int core, int index, in Entry entry) => _entries[core].Insert(index, entry);

    /// <summary>Puts another entry in the place of one of a core.</summary>
    public void Replace(int core, int index, in Entry entry) => _entries[core][index] = entry;

    /// <summary>Takes an entry of a core away.</summary>
    public void Remove(int core, int index) => _entries[core].RemoveAt(index);

    /// <summary>Forgets the entries of a core.</summary>
    public void Clear(int core) => _entries[core] = [];

    /// <summary>What has been recorded so far.</summary>
    /// <param name="chip">Name of the chip it is made for.</param>
    public Program ToProgram(string chip) => new()
    {
        Chip = chip,
        Tensors = [.. _tensors],
        Cores = [.. _entries.Select(entries => new CoreProgram { Entries = [.. entries] })],
    };
}
