using System.Text.Json;
using System.Text.RegularExpressions;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Reports;
using TrnEmu.Tests.Cli;
using TrnEmu.Tests.Reports.Html.Data;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Reports.Html;

public sealed class HtmlReportTests
{
    [Theory]
    [MemberData(nameof(TimedKernel.Cases), MemberType = typeof(TimedKernel))]
    public void A_page_says_what_the_terminal_says(string kernel, string chip)
    {
        var run = TimedKernel.Run(kernel, chip);
        var text = TextOf(Page(run));
        Assert.Contains($"{kernel}on {chip}", text);
        Assert.Contains(ReportText.Time(run.Timeline!.Elapsed), text);
        foreach (var hint in new Hints(new PathSummary(run.Timed!, run.Timed!.Attribution!), run.Executed).Sentences()) Assert.Contains(hint, text);
        foreach (var entry in run.Executed.Cores[0].Entries.Where(e => e.Operation.Span.File is not null))
            Assert.Contains((entry.Operation.Span with { Node = 0 }).ToString(), text);
    }

    [Theory]
    [InlineData("</script><script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("'&amp;<!-- \u202e \u0000")]
    [InlineData("half a pair \ud800")]
    public void Names_are_text_and_nothing_else(string name)
    {
        var run = TimedKernel.Run("softmax");
        var plain = Page(run with { Target = "plain" });
        var hostile = Page(Renamed(run, name));
        Assert.Equal(Elements(plain), Elements(hostile).Where(e => !e.Contains("bdi", StringComparison.Ordinal)));
        var files = PageData.Of(hostile).Header.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("name").GetString());
        if (!char.IsSurrogate(name[^1])) Assert.Equal([name], files);
    }

    [Fact]
    public void It_asks_the_network_for_nothing()
    {
        var page = Page(TimedKernel.Run("attention"));
        foreach (var word in (string[])["http:", "https:", "src=", "href=\"h", "url(", "@import", "fetch(", "XMLHttpRequest", "import("])
            Assert.DoesNotContain(word, page, StringComparison.OrdinalIgnoreCase);
        Assert.All(Regex.Matches(page, "href=.{2}").Select(m => m.Value), link => Assert.Equal("href=\"#", link));
        Assert.Contains("default-src 'none'", page);
    }

    [Fact]
    public void It_is_small_where_the_run_is_not()
    {
        var folder = new TemporaryFolder();
        using (folder)
        {
            var (code, output, _) = Shell.Run(
                "run", "matmul_naive", "--dim", "M=4096", "--dim", "N=2560", "--dim", "K=2048", "--only", "time", "--report", folder.File("r.html"), "--json", "-");
            Assert.Equal(0, code);
            using var json = JsonDocument.Parse(output);
            Assert.InRange(json.RootElement.GetProperty("engine_instructions").GetInt32(), 10_000, 20_000);
            Assert.InRange(new FileInfo(folder.File("r.html")).Length, 1, 300_000);
        }
    }

    [Fact]
    public void The_same_run_gives_the_same_page()
    {
        Assert.Equal(Page(TimedKernel.Run("two_core_sum")), Page(TimedKernel.Run("two_core_sum")));
    }

    [Fact]
    public void Without_times_there_is_no_page() =>
        Assert.Equal("TRN1007", Assert.Throws<TrnException>(() => Page(TimedKernel.Run("softmax") with { Timed = null })).Diagnostics[0].Code.Id);

    [Theory]
    [InlineData("--trace", "t.json", "{\"otherData\":")]
    [InlineData("--report", "r.html", "<!DOCTYPE html>")]
    public void The_command_line_writes_them(string option, string name, string start)
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, Shell.Run("run", "softmax", "--only", "time", option, folder.File(name)).Code);
        Assert.StartsWith(start, File.ReadAllText(folder.File(name)));
        var (code, _, error) = Shell.Run("run", "softmax", "--only", "function", option, folder.File("none"));
        Assert.Equal((2, false), (code, File.Exists(folder.File("none"))));
        Assert.StartsWith($"error TRN1001: {option}: shows when what happened", error);
        Assert.Equal(2, Shell.Run("run", "softmax", "--only", "time", option, folder.File("no/such/folder")).Code);
    }

    /// <summary>The run with a hostile name for its target and for every source file, at line 7.</summary>
    private static RunResult Renamed(RunResult run, string name)
    {
        var core = run.Executed.Cores[0];
        var entries = core.Entries.Select(e => e with { Operation = e.Operation with { Span = new SourceSpan(name, 7) } });
        var program = run.Executed with { Cores = [core with { Entries = [.. entries] }] };
        return run with { Target = name, Executed = program, Timed = TimedRun.Of(program, run.Chip) };
    }

    /// <summary>Tags but those of tables, whose rows differ; of scripts and styles where they begin.</summary>
    private static string[] Elements(string page) =>
        [.. Regex.Matches(Regex.Replace(page, "(<(script|style)[^>]*>).*?</\\2>", "$1", RegexOptions.Singleline), "<[a-zA-Z!/][^>]*>").Select(m => m.Value).Where(t => !Regex.IsMatch(t, "^</?(tr|td|th|canvas)"))];

    private static string TextOf(string page) => System.Net.WebUtility.HtmlDecode(Regex.Replace(page, "<(script|style).*?</\\1>|<[^>]*>", "", RegexOptions.Singleline));

    private static string Page(RunResult run) => PageData.Page(run);
}
