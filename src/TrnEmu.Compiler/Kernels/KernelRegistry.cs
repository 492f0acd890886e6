using System.Reflection;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Kernels;

/// <summary>Finds kernels by their attribute.</summary>
public static class KernelRegistry
{
    /// <summary>Every kernel of the given assemblies, by name.</summary>
    public static IReadOnlyList<Kernel> All(params Assembly[] assemblies) =>
        [.. Named(assemblies).Select(Make).OrderBy(k => k.Name, StringComparer.Ordinal)];

    /// <summary>The kernel of that name; no other is made.</summary>
    /// <exception cref="TrnException">TRN4201: there is none.</exception>
    public static Kernel Find(string name, params Assembly[] assemblies)
    {
        foreach (var kernel in Named(assemblies))
        {
            if (kernel.Attribute.Name == name) return Make(kernel);
        }

        return All(assemblies).Find(name);
    }

    /// <summary>The kernel of that name.</summary>
    /// <exception cref="TrnException">TRN4201: there is none.</exception>
    public static Kernel Find(this IReadOnlyList<Kernel> kernels, string name) =>
        kernels.FirstOrDefault(k => k.Name == name) ?? throw new TrnException(FailureKind.BadInput, Diagnostic.Error(
            KernelCodes.Unknown, $"there is no kernel {name}, expected {string.Join(", ", kernels.Select(k => k.Name))}",
            SourceSpan.None));

    private static Kernel Make((Type Type, KernelAttribute Attribute) kernel) => new(
        kernel.Attribute.Name, kernel.Attribute.Summary, (IKernel)Activator.CreateInstance(kernel.Type)!,
        kernel.Attribute.MinGeneration);

    private static IEnumerable<(Type Type, KernelAttribute Attribute)> Named(Assembly[] assemblies)
    {
        foreach (var assembly in assemblies)
        {
            foreach (var type in assembly.GetExportedTypes())
            {
                if (type.IsAssignableTo(typeof(IKernel)) && Attribute.GetCustomAttribute(type, typeof(KernelAttribute)) is KernelAttribute attribute)
                    yield return (type, attribute);
            }
        }
    }
}
