using System.Reflection;

namespace TrnEmu.Core.Isa;

/// <summary>
/// Reads a parameter of an operation of one type as an object; the delegate is made when it is first read, as runs read
/// few of them.
/// </summary>
internal sealed class ParameterGetter(Type operation, PropertyInfo property)
{
    private static readonly MethodInfo Generic =
        typeof(ParameterGetter).GetMethod(nameof(Boxed), BindingFlags.NonPublic | BindingFlags.Static)!;

    private Func<Operation, object?>? _get;

    /// <summary>The parameter's value in an operation.</summary>
    public object? Get(Operation source) => (_get ??= Make())(source);

    private Func<Operation, object?> Make() => (Func<Operation, object?>)Generic
        .MakeGenericMethod(operation, property.PropertyType).Invoke(null, [property])!;

    private static Func<Operation, object?> Boxed<TOperation, TValue>(PropertyInfo property)
        where TOperation : Operation
    {
        var get = property.GetMethod!.CreateDelegate<Func<TOperation, TValue>>();
        return source => get((TOperation)source);
    }
}
