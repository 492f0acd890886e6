using System.Reflection;

namespace TrnEmu.Compiler.Lowering;

/// <summary>Finds lowerings by their attribute.</summary>
public static class LoweringRegistry
{
    /// <summary>Every lowering of the given assemblies, by the operation's name.</summary>
    public static IReadOnlyDictionary<string, ILowering> All(params Assembly[] assemblies) => assemblies
        .SelectMany(a => a.GetExportedTypes())
        .Select(type => (Type: type, Attribute: type.GetCustomAttribute<LoweringAttribute>()))
        .Where(l => l.Attribute is not null)
        .ToDictionary(l => l.Attribute!.Op, l => (ILowering)Activator.CreateInstance(l.Type)!);
}
