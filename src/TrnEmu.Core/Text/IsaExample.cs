using TrnEmu.Core.Isa;

namespace TrnEmu.Core.Text;

/// <summary>The example of an operation's header: declarations and calls in text form, legal as they stand.</summary>
internal static class IsaExample
{
    private static readonly string[] Spaces = ["hbm ", "sbuf ", "psum "];

    /// <summary>Its lines; empty when the header has none.</summary>
    public static string[] Lines(OperationInfo operation) =>
        operation.Attribute.Example.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The example as a program text.</summary>
    public static string Program(OperationInfo operation)
    {
        var lines = Lines(operation);
        var cores = lines.Count(IsCore);
        string[] head = cores == 0 ? ["trn 1"] : ["trn 1", FormattableString.Invariant($"cores {cores}")];
        string[] first = cores == 0 ? ["core 0"] : [];
        return string.Concat(
            head.Concat(lines.Where(IsDeclaration)).Concat(first).Concat(lines.Where(l => !IsDeclaration(l))).Select(l => l + "\n"));
    }

    /// <summary>The example read, and where the operation stands in it; null when there is none.</summary>
    public static (Program Program, Entry Entry)? Entry(OperationInfo operation)
    {
        if (operation.Attribute.Example.Length == 0 || ProgramText.Parse(Program(operation), "example").Program is not { } program) return null;
        var entry = program.Cores[0].Entries.FirstOrDefault(e => e.Operation.Info == operation);
        return entry.Operation is null ? null : (program, entry);
    }

    private static bool IsCore(string line) => line.StartsWith("core ", StringComparison.Ordinal);

    private static bool IsDeclaration(string line) => Spaces.Any(s => line.StartsWith(s, StringComparison.Ordinal));
}
