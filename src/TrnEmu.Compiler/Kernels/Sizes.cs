using System.Runtime.CompilerServices;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Kernels;

/// <summary>The size of each dimension of a kernel.</summary>
public sealed class Sizes
{
    private readonly Dictionary<string, int> _sizes;

    /// <summary>The defaults, then what replaces them, the last word winning.</summary>
    /// <exception cref="TrnException">TRN4203: no such dimension, or a size outside its limits.</exception>
    public Sizes(string kernel, IReadOnlyList<Dimension> dimensions, IEnumerable<(string Dimension, int Size)> given)
    {
        _sizes = dimensions.ToDictionary(d => d.Name, d => d.Default);
        var findings = new List<Diagnostic>();
        foreach (var (name, size) in given)
        {
            if (dimensions.FirstOrDefault(d => d.Name == name) is not { } dimension)
                findings.Add(Refuse($"kernel {kernel} has no dimension {name}, expected {string.Join(", ", _sizes.Keys)}"));
            else if (size < dimension.Minimum)
                findings.Add(Refuse($"{Said(name, size)}, must be at least {dimension.Minimum}"));
            else if (size > dimension.Maximum)
                findings.Add(Refuse($"{Said(name, size)}, limit {dimension.Maximum}"));
            else
                _sizes[name] = size;
        }

        TrnException.ThrowIfErrors(FailureKind.BadInput, findings);

        FormattableString Said(string dimension, int size) => $"dimension {dimension} of kernel {kernel} is {size}";
    }

    /// <summary>Size of a dimension.</summary>
    /// <exception cref="TrnException">TRN4203: the kernel declares none of that name; at the caller's line.</exception>
    public int this[string dimension, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0] =>
        _sizes.TryGetValue(dimension, out var size) ? size : throw new TrnException(FailureKind.BadInput, Diagnostic.Error(
            KernelCodes.Dimension, $"the kernel declares no dimension {dimension}, only {string.Join(", ", _sizes.Keys)}",
            SourceSpan.FromCaller(file, line)));

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join(' ', _sizes.Select(s => FormattableString.Invariant($"{s.Key}={s.Value}")));

    private static Diagnostic Refuse(FormattableString message) =>
        Diagnostic.Error(KernelCodes.Dimension, FormattableString.Invariant(message), SourceSpan.None);
}
