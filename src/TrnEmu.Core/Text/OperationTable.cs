using TrnEmu.Core.Isa;

namespace TrnEmu.Core.Text;

/// <summary>Operations by name.</summary>
internal sealed class OperationTable
{
    private readonly Dictionary<string, OperationInfo> _byName;
    private readonly Dictionary<string, OperationInfo>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <summary>A table of these operations.</summary>
    public OperationTable(IEnumerable<OperationInfo> operations)
    {
        _byName = operations.ToDictionary(o => o.Name, StringComparer.Ordinal);
        _lookup = _byName.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The instruction set.</summary>
    public static OperationTable All { get; } = new(OperationInfo.All);

    /// <summary>All names.</summary>
    public IReadOnlyCollection<string> Names => _byName.Keys;

    /// <summary>The operation of a name, or null.</summary>
    public OperationInfo? Find(ReadOnlySpan<char> name) => _lookup.TryGetValue(name, out var info) ? info : null;
}
