using System.Reflection;

namespace TrnEmu.Core.Diagnostics;

/// <summary>Finds every <see cref="DiagnosticCode"/> that an assembly declares as a public static field.</summary>
public static class DiagnosticCodes
{
    /// <summary>All codes of the given assemblies, ordered by <see cref="DiagnosticCode.Id"/>.</summary>
    public static IReadOnlyList<DiagnosticCode> In(params Assembly[] assemblies) =>
    [
        .. assemblies
            .SelectMany(a => a.GetTypes())
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(f => f.FieldType == typeof(DiagnosticCode))
            .Select(f => (DiagnosticCode)f.GetValue(null)!)
            .OrderBy(c => c.Id, StringComparer.Ordinal),
    ];
}
