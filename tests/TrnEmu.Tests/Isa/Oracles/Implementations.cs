namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>The classes of this assembly that implement a generic interface of one operation.</summary>
internal static class Implementations
{
    public static IEnumerable<(Type Operation, object Instance)> Of(Type definition) =>
        from type in definition.Assembly.GetTypes()
        where !type.IsAbstract
        from face in type.GetInterfaces()
        where face.IsGenericType && face.GetGenericTypeDefinition() == definition
        select (face.GenericTypeArguments[0], Activator.CreateInstance(type)!);
}
