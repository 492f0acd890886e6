using System.Text.Json;
using System.Text.RegularExpressions;
using TrnEmu.Tests.Cli;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Reports.Html;

public sealed class ComparisonReportTests
{
    [Fact]
    public void Two_runs_stand_side_by_side_with_what_differs()
    {
        using var folder = new TemporaryFolder();
        var (naive, blocked) = (Result(folder, "matmul_naive"), Result(folder, "matmul_blocked"));
        var text = Page(folder, naive, blocked);
        Assert.Contains("matmul_blocked is", text);
        Assert.Contains("times as fast as matmul_naive", text);
        Assert.Contains("By operation: dma_copy", text);
        foreach (var file in (string[])[naive, blocked])
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            Assert.Contains(TrnEmu.Reports.ReportText.Time(json.RootElement.GetProperty("time_us").GetDouble() * 1e6), text);
            foreach (var part in json.RootElement.GetProperty("critical_path").GetProperty("parts").EnumerateArray())
                Assert.Contains(part.GetProperty("what").GetString()!, text);
            foreach (var hint in json.RootElement.GetProperty("hints").EnumerateArray()) Assert.Contains(hint.GetString()!, text);
        }
    }

    [Fact]
    public void One_run_has_a_page_too()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("softmax on trn2", Page(folder, Result(folder, "softmax")));
    }

    [Fact]
    public void A_run_takes_as_long_as_itself()
    {
        using var folder = new TemporaryFolder();
        var file = Result(folder, "softmax");
        File.Copy(file, folder.File("again.json"));
        Assert.Contains("again takes as long as softmax", Page(folder, file, folder.File("again.json")));
    }

    [Fact]
    public void Operations_share_the_critical_path()
    {
        using var folder = new TemporaryFolder();
        using var json = JsonDocument.Parse(File.ReadAllBytes(Result(folder, "attention")));
        var sum = json.RootElement.GetProperty("critical_path").GetProperty("by_operation").EnumerateObject().Sum(o => o.Value.GetDouble());
        Assert.Equal(json.RootElement.GetProperty("time_us").GetDouble(), sum, 1e-6);
    }

    [Theory]
    [InlineData("[]", "is JSON, but no object")]
    [InlineData("{\"schema\": 2}", "is JSON, but no result of a run")]
    [InlineData("{\"schema\": 1}", "is the result of a run without times")]
    [InlineData("{", "is no JSON")]
    public void What_is_no_result_is_bad_input(string text, string problem)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.json"), text);
        var (code, _, error) = Shell.Run("report", folder.File("a.json"), "-o", folder.File("p.html"));
        Assert.Equal(2, code);
        Assert.Contains($"error TRN1013: {problem}", error);
        Assert.Equal(2, Shell.Run("report", folder.File("none.json"), "-o", folder.File("p.html")).Code);
    }

    [Fact]
    public void Five_runs_are_too_many()
    {
        using var folder = new TemporaryFolder();
        var file = Result(folder, "copy");
        Assert.Equal(2, Shell.Run("report", file, file, file, file, file, "-o", folder.File("p.html")).Code);
        Assert.Equal(0, Shell.Run("report", file, file, file, file, "-o", folder.File("p.html")).Code);
    }

    [Fact]
    public void Names_are_text_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var text = "{\"schema\":1,\"time_us\":1,\"target\":\"</script><img src=x onerror=alert(1)>\",\"hints\":[\"<b>\"],"
            + "\"instructions_by_name\":{\"<i>\":1},\"critical_path\":{\"parts\":[{\"what\":\"<u>\",\"time_us\":1}]}}";
        File.WriteAllText(folder.File("a.json"), text);
        Assert.Equal(0, Shell.Run("report", folder.File("a.json"), "-o", folder.File("p.html")).Code);
        var page = File.ReadAllText(folder.File("p.html"));
        foreach (var tag in (string[])["<img", "<b>", "<i>", "<u>"]) Assert.DoesNotContain(tag, page);
        Assert.Single(Regex.Matches(page, "</script>"));
    }

    private static string Result(TemporaryFolder folder, string kernel)
    {
        var file = folder.File(kernel + ".json");
        Assert.Equal(0, Shell.Run("run", kernel, "--only", "time", "--json", file).Code);
        return file;
    }

    private static string Page(TemporaryFolder folder, params string[] files)
    {
        Assert.Equal(0, Shell.Run(["report", .. files, "-o", folder.File("page.html")]).Code);
        var page = File.ReadAllText(folder.File("page.html"));
        return System.Net.WebUtility.HtmlDecode(Regex.Replace(page, "<(script|style).*?</\\1>|<[^>]*>", "", RegexOptions.Singleline));
    }
}
