using System.Reflection;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Kernels;

/// <summary>Finds kernels by their attribute.</summary>
public static class KernelRegistry
{
    /// <summary>Every kernel of the given assemblies, by name.</summary>
    public static IReadOnlyList<Kernel> All(params Assembly[] assemblies) =>
    [
        .. assemblies.SelectMany(a => a.GetExportedTypes())
            .Select(type => (Type: type, Attribute: type.GetCustomAttribute<KernelAttribute>()))
            .Where(k => k.Attribute is not null)
            .Select(k => new Kernel(k.Attribute!.Name, k.Attribute.Summary, (IKernel)Activator.CreateInstance(k.Type)!, k.Attribute.MinGeneration))
            .OrderBy(k => k.Name, StringComparer.Ordinal),
    ];

    /// <summary>The kernel of that name.</summary>
    /// <exception cref="TrnException">TRN4201: there is none.</exception>
    public static Kernel Find(this IReadOnlyList<Kernel> kernels, string name) =>
        kernels.FirstOrDefault(k => k.Name == name) ?? throw new TrnException(FailureKind.BadInput, Diagnostic.Error(
            KernelCodes.Unknown, $"there is no kernel {name}, expected {string.Join(", ", kernels.Select(k => k.Name))}",
            SourceSpan.None));
}
