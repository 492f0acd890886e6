using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Kernels;

/// <summary>The size of each dimension of a kernel.</summary>
public sealed class Sizes
{
    private readonly Dictionary<string, int> _sizes;

    /// <summary>The defaults, then what replaces them, the last word winning.</summary>
    /// <exception cref="TrnException">TRN4203: no such dimension, or a size below 1.</exception>
    public Sizes(string kernel, IReadOnlyList<Dimension> dimensions, IEnumerable<(string Dimension, int Size)> given)
    {
        _sizes = dimensions.ToDictionary(d => d.Name, d => d.Default);
        var findings = new List<Diagnostic>();
        foreach (var (name, size) in given)
        {
            if (!_sizes.ContainsKey(name))
                findings.Add(Refuse($"kernel {kernel} has no dimension {name}, expected {string.Join(", ", _sizes.Keys)}"));
            else if (size < 1)
                findings.Add(Refuse(FormattableString.Invariant($"dimension {name} of kernel {kernel} is {size}, must be at least 1")));
            else
                _sizes[name] = size;
        }

        TrnException.ThrowIfErrors(FailureKind.BadInput, findings);
    }

    /// <summary>Size of a dimension.</summary>
    public int this[string dimension] => _sizes[dimension];

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join(' ', _sizes.Select(s => FormattableString.Invariant($"{s.Key}={s.Value}")));

    private static Diagnostic Refuse(string message) => Diagnostic.Error(KernelCodes.Dimension, message, SourceSpan.None);
}
