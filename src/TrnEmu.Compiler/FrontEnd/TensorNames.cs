namespace TrnEmu.Compiler.FrontEnd;

/// <summary>Makes the names of a program's tensors unique: acc, acc.1, acc.2, …</summary>
internal sealed class TensorNames
{
    private readonly Dictionary<string, int> _uses = [];

    /// <summary>The name itself the first time, then with a number that makes it new.</summary>
    public string Unique(string name)
    {
        if (_uses.TryAdd(name, 0)) return name;
        string unique;
        do unique = FormattableString.Invariant($"{name}.{++_uses[name]}");
        while (!_uses.TryAdd(unique, 0));
        return unique;
    }
}
