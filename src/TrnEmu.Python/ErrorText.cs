using TrnEmu.Core.Diagnostics;
using TrnEmu.Reports;

namespace TrnEmu.Python;

/// <summary>What stopped a call, as JSON for the Python side.</summary>
internal static class ErrorText
{
    /// <summary>kind, text, and of the first finding code, file, line and message.</summary>
    public static string Of(Exception exception) => IndentedJson.Text(json =>
    {
        var found = exception as TrnException;
        json.WriteStartObject();
        json.WriteString("kind", found switch { null => "bug", { Kind: FailureKind.Fault } => "fault", _ => "bad_input" });
        json.WriteString("text", found?.Message ?? Bug(exception));
        if (found is not null)
        {
            var first = found.Diagnostics[0];
            json.WriteString("code", first.Code.Id);
            if (first.Where.File is not null) json.WriteString("file", first.Where.File);
            json.WriteNumber("line", first.Where.Line);
            json.WriteString("message", first.Message);
        }

        json.WriteEndObject();
    });

    private static string Bug(Exception exception) =>
        $"trnemu {Versions.TrnEmu} has a bug, please report it with the kernel and these lines:\n{exception}";
}
