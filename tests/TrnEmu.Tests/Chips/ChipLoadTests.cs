using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Tests.Chips;

public sealed class ChipLoadTests
{
    private const string WriteLatency = "\"write_latency_ns\": { \"value\": 225";

    public static TheoryData<string> Known => [.. Chip.Known];

    [Theory]
    [MemberData(nameof(Known))]
    public void Every_known_chip_loads_under_its_name(string name) => Assert.Equal(name, Chip.Load(name).Name);

    [Theory]
    [InlineData("trn1", 2, 192 * 1024)]
    [InlineData("inf2", 2, 192 * 1024)]
    [InlineData("trn2", 3, 224 * 1024)]
    [InlineData("trn3", 4, 256 * 1024)]
    public void Memories_are_those_of_the_generation(string name, int generation, int sbuf)
    {
        var chip = Chip.Load(name);
        Assert.Equal(generation, chip.Generation);
        Assert.Equal(sbuf, chip.SbufBytesPerPartition.ToInt32());
        Assert.Equal(16 * 1024, chip.PsumBytesPerPartition);
    }

    [Fact]
    public void An_unknown_name_lists_the_known_ones()
    {
        var finding = Assert.Single(Assert.Throws<TrnException>(() => Chip.Load("trn9")).Diagnostics);
        Assert.Equal(ChipCodes.Unknown, finding.Code);
        Assert.All(Chip.Known, name => Assert.Contains(name, finding.Message));
    }

    [Theory]
    [InlineData("-1", "is -1, must not be negative")]
    [InlineData("1e999", "is not finite")]
    [InlineData("\"225\"", "must be a number")]
    [InlineData("2e9", "is 2000000000, must be at most 1000000000")]
    public void A_bad_number_is_reported_with_its_line_and_path(string value, string finding)
    {
        var text = ChipFiles.Text.Replace(WriteLatency, WriteLatency.Replace("225", value));
        var found = Assert.Single(ChipFiles.Findings(text));
        Assert.Equal(ChipCodes.BadValue, found.Code);
        Assert.Equal($"dma.write_latency_ns.value {finding}", found.Message);
        Assert.Equal(ChipFiles.LineOf(text, "\"write_latency_ns\""), found.Where.Line);
    }

    [Fact]
    public void An_unknown_property_is_reported_with_its_line_and_path()
    {
        var text = ChipFiles.Text.Replace("\"semaphore_ns\"", "\"semafore_ns\"");
        var findings = ChipFiles.Findings(text);
        Assert.Equal([ChipCodes.UnknownProperty, ChipCodes.MissingProperty], findings.Select(f => f.Code));
        Assert.Equal("semafore_ns is not a property of a chip", findings[0].Message);
        Assert.Equal(ChipFiles.LineOf(text, "\"semafore_ns\""), findings[0].Where.Line);
        Assert.Equal("semaphore_ns is missing", findings[1].Message);
    }

    [Fact]
    public void A_number_without_a_source_is_missing_one()
    {
        var text = ChipFiles.Text.Replace(WriteLatency + ", \"unit\": \"ns\", \"basis\": \"measured\", \"source\"",
            WriteLatency + ", \"unit\": \"ns\", \"basis\": \"guessed\", \"sauce\"");
        Assert.Equal(
            ["dma.write_latency_ns.sauce is not a property of a chip",
                "dma.write_latency_ns.basis is \"guessed\", must be documented, measured, fitted or assumed",
                "dma.write_latency_ns.source is missing"],
            ChipFiles.Findings(text).Select(f => f.Message));
    }

    [Fact]
    public void A_property_that_stands_twice_is_refused()
    {
        var text = ChipFiles.Text.Replace("\"generation\": 3,", "\"generation\": 3, \"generation\": 4,");
        Assert.Equal("generation stands twice", Assert.Single(ChipFiles.Findings(text)).Message);
    }

    [Fact]
    public void A_clock_of_zero_is_refused()
    {
        var text = ChipFiles.Text.Replace("\"clock_ghz\": { \"value\": 0.96", "\"clock_ghz\": { \"value\": 0");
        var finding = Assert.Single(ChipFiles.Findings(text));
        Assert.Equal("vector.clock_ghz.value is 0, must be at least 0.001", finding.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{ \"name\": 1 } x")]
    public void What_is_no_object_is_malformed(string text) =>
        Assert.Equal(ChipCodes.Malformed, Assert.Single(ChipFiles.Findings(text)).Code);

    [Fact]
    public void An_empty_object_misses_every_property_at_once() =>
        Assert.Equal(
            typeof(Chip).GetProperties().Count(p => p.CanWrite),
            ChipFiles.Findings("{}").Count(f => f.Code == ChipCodes.MissingProperty));

    [Fact]
    public void A_what_if_number_replaces_the_files_and_is_assumed()
    {
        var chip = Chip.Load("trn2", [new("dma.generation_ns", 0)]);
        Assert.Equal(new Quantity(0, "ns", Basis.Assumed, "what-if"), chip.Dma.GenerationNs);
        Assert.Throws<TrnException>(() => Chip.Load("trn2", [new("dma.generation", 0)]));
        Assert.Throws<TrnException>(() => Chip.Load("trn2", [new("dma.clock_ghz", 0)]));
    }
}
