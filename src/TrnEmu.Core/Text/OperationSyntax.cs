using System.Collections.Concurrent;
using TrnEmu.Core.Isa;

namespace TrnEmu.Core.Text;

/// <summary>How an operation's call is written: its parameters with their text forms.</summary>
internal sealed class OperationSyntax
{
    private static readonly ConcurrentDictionary<OperationInfo, OperationSyntax> Cache = new();
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _index;

    private OperationSyntax(OperationInfo info)
    {
        Info = info;
        var constructor = info.Type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        Parameters = [.. info.Operands.Zip(constructor.GetParameters(), ParameterSyntax.Of)];
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < Parameters.Length; i++) index[Parameters[i].Info.Name] = i;
        _index = index.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The operation's header.</summary>
    public OperationInfo Info { get; }

    /// <summary>Parameters in order.</summary>
    public ParameterSyntax[] Parameters { get; }

    /// <summary>The syntax of an operation; made once.</summary>
    public static OperationSyntax Of(OperationInfo info) => Cache.GetOrAdd(info, static i => new OperationSyntax(i));

    /// <summary>Position of a parameter by its name.</summary>
    public bool TryFind(ReadOnlySpan<char> name, out int position) => _index.TryGetValue(name, out position);
}
