using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace TrnEmu.Core.Isa;

/// <summary>
/// The record types of all operations, without their headers being read: an operation's index here is its number in
/// records of a front end in another language.
/// </summary>
public static class OperationTypes
{
    private static readonly Lazy<IReadOnlyList<Type>> Types = new(() =>
    [
        .. typeof(Operation).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(Operation)) && !t.IsAbstract && t.IsPublic)
            .OrderBy(NameOf, StringComparer.Ordinal),
    ]);

    private static readonly Lazy<string> Headers = new(() =>
    {
        var text = new StringBuilder();
        foreach (var type in All)
        {
            text.Append(NameOf(type));
            foreach (var p in type.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters())
                text.Append(' ').Append(p.Name).Append(':').Append(Nullable.GetUnderlyingType(p.ParameterType) ?? p.ParameterType);
            text.Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    });

    /// <summary>Every operation that programs are written with, by name.</summary>
    public static IReadOnlyList<Type> All => Types.Value;

    /// <summary>16 hexadecimal digits that change with the names, parameters and their types.</summary>
    public static string Hash => Headers.Value;

    private static string NameOf(Type type) => type.GetCustomAttribute<OperationAttribute>()!.Name;
}
