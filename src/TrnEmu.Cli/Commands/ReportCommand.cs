using System.CommandLine;
using TrnEmu.Reports.Html.Compare;

namespace TrnEmu.Cli.Commands;

/// <summary>
/// <c>trnemu report A.json [B.json …] -o PAGE.html</c>: results of runs as a page, two to four side by side.
/// </summary>
internal static class ReportCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var files = new Argument<string[]>("RUN.json")
        {
            Description = "What `trnemu run --json FILE` wrote; of two to four, each is compared with the first",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "The page to write",
            HelpName = "PAGE.html",
            Required = true,
        };
        var command = new Command("report", "Write a page that compares results of runs") { files, output };
        command.SetAction(parsed =>
        {
            var paths = parsed.GetValue(files)!;
            if (paths.Length > ComparisonReport.Most)
            {
                throw Pairs.Usage(FormattableString.Invariant(
                    $"report: {paths.Length} results, a page has room for {ComparisonReport.Most}"));
            }

            var page = parsed.GetValue(output)!;
            OutputFolder.WriteStream(page, stream => ComparisonReport.Write(paths, stream));
            return ExitCode.Success;
        });
        return command;
    }
}
