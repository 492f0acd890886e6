using System.Text.Json;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Text;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Text;

public sealed class IsaTests
{
    private static readonly Chip[] Chips = [.. ChipLoader.Known.Select(name => ChipLoader.Load(name, []))];

    [Fact]
    public void Every_operation_has_a_page_and_an_example_that_can_be_read()
    {
        foreach (var operation in TextPrograms.Operations)
        {
            Assert.Contains(operation.Name, IsaText.Page(operation, Chips), StringComparison.Ordinal);
            if (IsaExample.Of(operation) is not { } example) continue;
            var lines = example.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            TextPrograms.Read($"trn 1\n{string.Join('\n', lines[..^1])}\ncore 0\n{lines[^1]}\n");
        }
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
        Assert.Equal(["dst", "src", "oob_mode", "dge_mode"], copy.GetProperty("operands").EnumerateArray().Select(o => o.GetProperty("name").GetString()));
        Assert.Equal("write", copy.GetProperty("operands")[0].GetProperty("kind").GetString());
        Assert.Contains("trn2", copy.GetProperty("chips").EnumerateArray().Select(c => c.GetString()));
    }
}
