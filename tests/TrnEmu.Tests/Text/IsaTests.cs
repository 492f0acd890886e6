using System.Text.Json;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Text;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Text;

public sealed class IsaTests
{
    private static readonly Chip[] Chips = [.. ChipLoader.Known.Select(name => ChipLoader.Load(name, []))];

    public static TheoryData<string> Operations => [.. OperationInfo.All.Select(o => o.Name)];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Every_operation_has_an_example_that_its_chips_accept(string name)
    {
        var operation = OperationInfo.Find(name)!;
        var (program, _) = Assert.NotNull(IsaExample.Entry(operation));
        foreach (var chip in Chips.Where(c => c.Generation >= operation.Attribute.MinGeneration))
        {
            var verifier = new Verifier(program, chip);
            for (var core = 0; core < program.Cores.Count; core++)
                foreach (var entry in program.Cores[core].Entries) verifier.Verify(entry, core);
            Assert.Empty(verifier.Findings.Select(f => f.Message));
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Every_page_says_what_it_does_what_it_costs_and_where_from(string name)
    {
        var page = IsaText.Page(OperationInfo.Find(name)!, Chips);
        foreach (var part in (string[])[$"{name}: ", "\nchips ", "\nsource ", "\ncost on ", "\nexample\n"])
            Assert.Contains(part, page.Replace("triggered by", "engines", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("does not have it", page, StringComparison.Ordinal);
    }

    /// <summary>But for those of dtypes and of every pattern.</summary>
    [Fact]
    public void Every_gap_is_on_the_page_of_an_operation()
    {
        var general = (string[])["access patterns", "e8m0", "fp8_e4m3", "tf32", "x4 dtypes"];
        var unseen = Gap.All.Where(g => !OperationInfo.All.Any(g.Concerns)).Select(g => g.Subject).Distinct();
        Assert.Equal(general, unseen);
        Assert.Equal(6, Gap.All.Count(g => g.Subject == "ALU operators" && g.Concerns(OperationInfo.Find("tensor_tensor")!)));
        Assert.DoesNotContain(Gap.All, g => g.Concerns(OperationInfo.Find("register_move")!));
    }

    [Fact]
    public void A_page_tells_all_of_an_operation() =>
        Golden.Check("isa-dma_copy.txt", IsaText.Page(OperationInfo.Find("dma_copy")!, Chips));

    [Fact]
    public void A_page_shows_types_and_defaults() =>
        Golden.Check("isa-sample.txt", IsaText.Page(OperationInfo.Of(typeof(SampleOperation)), Chips));

    [Fact]
    public void The_json_has_every_operation_with_its_operands()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) IsaJson.Write(json, OperationInfo.All, Chips);
        var root = JsonDocument.Parse(stream.ToArray()).RootElement;
        Assert.Equal(OperationInfo.All.Select(o => o.Name), root.EnumerateArray().Select(o => o.GetProperty("name").GetString()));
        var copy = root.EnumerateArray().Single(o => o.GetProperty("name").GetString() == "dma_copy");
        Assert.Equal(["dst", "src", "priority", "oob_mode", "dge_mode"], copy.GetProperty("operands").EnumerateArray().Select(o => o.GetProperty("name").GetString()));
        Assert.Equal("write", copy.GetProperty("operands")[0].GetProperty("kind").GetString());
        Assert.Contains("trn2", copy.GetProperty("chips").EnumerateArray().Select(c => c.GetString()));
    }
}
