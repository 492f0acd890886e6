using System.CommandLine;
using TrnEmu.Reports;
using TrnEmu.Reports.Html;
using TrnEmu.Reports.Trace;

namespace TrnEmu.Cli.Commands;

/// <summary>The options of run that say where its result goes.</summary>
internal sealed class ResultOptions
{
    private readonly Option<string?> _output = File("--output-dir", "Write outputs there as NAME.npy", "DIR");
    private readonly Option<string?> _json = File("--json", "Write the result as JSON; - for standard output, alone", "FILE|-");
    private readonly Option<string?> _trace = File("--trace", "Write what happened when, for ui.perfetto.dev", "FILE.json");
    private readonly Option<string?> _report = File("--report", "Write a page that explains the run", "FILE.html");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_output, _json, _trace, _report]) command.Add(option);
    }

    /// <summary>What cannot be is refused before the run, not after it.</summary>
    public void Check(ParseResult parsed, RunOptions options)
    {
        if (options.Time) return;
        foreach (var option in (Option<string?>[])[_trace, _report])
        {
            if (parsed.GetValue(option) is not null)
                throw Pairs.Usage($"{option.Name}: shows when what happened, which --only function does not find out");
        }
    }

    /// <summary>Writes the result to where it was asked for, and for people to the terminal.</summary>
    public void Write(ParseResult parsed, Terminal terminal, RunResult result)
    {
        if (parsed.GetValue(_output) is { } folder) OutputFolder.Write(folder, result.Outputs);
        if (parsed.GetValue(_trace) is { } trace) OutputFolder.WriteStream(trace, stream => TraceFile.Write(result, stream));
        if (parsed.GetValue(_report) is { } report) OutputFolder.WriteStream(report, stream => HtmlReport.Write(result, stream));
        var json = parsed.GetValue(_json);
        if (json == "-")
        {
            terminal.Output.WriteLine(RunJson.Write(result));
            return;
        }

        foreach (var warning in result.Diagnostics) terminal.Error.WriteLine(warning);
        if (json is not null) OutputFolder.WriteText(json, RunJson.Write(result) + "\n");
        TerminalReport.Write(terminal.Output, result);
    }

    private static Option<string?> File(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help };
}
