using System.Text;
using FsCheck.Fluent;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;
using TrnEmu.Validation;

namespace TrnEmu.Tests.Validation;

/// <summary>Files of measurements: what is right is read, what is wrong is said with its line.</summary>
public sealed class MeasurementFileTests
{
    public MeasurementFileTests() => MeasuredKernels.Register();

    [Fact]
    public void A_good_file_is_read()
    {
        var set = MeasurementText.Read(MeasurementText.Good);
        var row = set.Rows[0];
        Assert.Equal(("a", "trn2", "add", "bf16", Metric.Latency, "us"),
            (row.Id, row.Chip, row.Kernel, row.Case, row.Metric, row.Unit));
        Assert.Equal((DType.Bf16, 21.0, true, "a test", "none", 3),
            (row.DType, row.Measured, row.IncludesRuntime, row.Source, row.Note, row.Span.Line));
        Assert.Equal([("M", 128), ("N", 512)], row.Dims.Select(d => (d.Key, d.Value)));
        Assert.Equal([400, 410], set.Rows[2].Stages["activate"]);
        Assert.Equal(["a", "b"], Assert.Single(set.Ladders).Rows);
        var add = Assert.Single(set.Instructions);
        Assert.Equal((Engine.Vector, new Instruction(
            CostClass.Elementwise, 128, DType.Fp32, InstructionTraits.SourcePsum)), (add.Engine, add.Instruction));
        Assert.Equal(new PacketMeasurement("trn2", 4096, 155.3), Assert.Single(set.Packets));
    }

    [Theory]
    [InlineData("\"case\": \"bf16\"", "\"cases\": \"bf16\"", "TRN1702", 6, "rows.a.cases is not a property")]
    [InlineData("\"case\": \"bf16\",", "\"dtype\": \"bf16\",", "TRN1702", 8, "rows.a.dtype stands twice")]
    [InlineData("\"b\": {", "\"a\": {", "TRN1702", 16, "rows.a stands twice")]
    [InlineData("      \"unit\": \"us\",\n", "", "TRN1703", 3, "rows.a.unit is missing")]
    [InlineData("      \"source\": \"a test\",\n", "", "TRN1703", 3, "rows.a.source is missing")]
    [InlineData("\"unit\": \"us\",\n", "\"unit\": \"GB/s\",\n", "TRN1704", 10, "expected one of ns, us, ms")]
    [InlineData("\"metric\": \"latency\",\n", "\"metric\": \"speed\",\n", "TRN1704", 9,
        "expected one of latency, mfu, bandwidth, timeline")]
    [InlineData("[20, 22, 21]", "[20, -22, 21]", "TRN1704", 11, "rows.a.values[1] is -22, must be above 0")]
    [InlineData("[20, 22, 21]", "[20, \"x\"]", "TRN1704", 11, "rows.a.values[1] must be a number")]
    [InlineData("[20, 22, 21]", "[1e999]", "TRN1704", 11, "is not finite")]
    [InlineData("[20, 22, 21]", "[]", "TRN1704", 11, "at least one")]
    [InlineData("[20, 22, 21]", "20", "TRN1704", 11, "must be an array")]
    [InlineData("\"includes_runtime\": true,\n      \"source\"", "\"includes_runtime\": 1,\n      \"source\"",
        "TRN1704", 12, "must be true or false")]
    [InlineData("\"M\": 128", "\"M\": 1.5", "TRN1704", 7, "must be a whole number")]
    [InlineData("\"M\": 128", "\"Q\": 128", "TRN1704", 5, "kernel add has no dimension Q")]
    [InlineData("\"case\": \"bf16\"", "\"case\": \"none\"", "TRN1704", 5, "kernel add has no case none")]
    [InlineData("\"dtype\": \"bf16\"", "\"dtype\": \"bf17\"", "TRN1704", 8, "no dtype of that name")]
    [InlineData("\"kernel\": \"add\",\n", "\"kernel\": \"adder\",\n", "TRN1704", 5, "there is no kernel adder")]
    [InlineData("\"kernel\": \"add\",\n", "\"kernel\": \"add.py\",\n", "TRN1704", 5, "NKI scripts cannot be run yet")]
    [InlineData("\"kernel\": \"add\", ", "\"kernel\": \"add.trn\", ", "TRN1704", 17, "there is no such file")]
    [InlineData("\"metric\": \"latency\",\n      \"unit\": \"us\"", "\"metric\": \"mfu\",\n      \"unit\": \"%\"",
        "TRN1704", 5, "no matrix products")]
    [InlineData("\"chip\": \"trn2\",\n", "\"chip\": \"trn9\",\n", "TRN1704", 4, "known are trn1, inf2")]
    [InlineData("\"activate\": [400, 410]", "\"activated\": [400, 410]", "TRN1704", 22, "is no stage")]
    [InlineData("[\"a\", \"b\"]", "[\"a\", \"c\"]", "TRN1704", 26, "no row of that id")]
    [InlineData("[\"a\", \"b\"]", "[\"a\", \"t\"]", "TRN1704", 26, "a timeline has no order")]
    [InlineData("[\"a\", \"b\"]", "[\"a\"]", "TRN1704", 26, "at least two rows")]
    [InlineData("\"class\": \"elementwise\"", "\"class\": \"adding\"", "TRN1704", 30,
        "expected one of load_stationary")]
    [InlineData("\"engine\": \"vector\", ", "", "TRN1703", 29, "instructions.add.engine is missing")]
    [InlineData("\"4096\": 155.3", "\"4k\": 155.3", "TRN1704", 35, "no number of bytes")]
    [InlineData("\"rows\": {", "\"rows\": 3, \"ladder\": {", "TRN1701", 2, "rows must be an object")]
    public void A_finding_names_line_and_reason(string part, string other, string code, int line, string words)
    {
        var findings = MeasurementText.Findings(MeasurementText.With(part, other));
        var finding = findings.First(f => f.Message.Contains(words, StringComparison.Ordinal));
        Assert.Equal((code, "m.json", line), (finding.Code.Id, finding.Where.File, finding.Where.Line));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("[]", 1)]
    [InlineData("{\n\"rows\": {\n", 3)]
    [InlineData("{}\n{}", 2)]
    public void What_is_no_object_is_refused(string text, int line)
    {
        var finding = Assert.Single(MeasurementText.Findings(text), f => f.Code.Id == "TRN1701");
        Assert.Equal(line, finding.Where.Line);
    }

    [Fact]
    public void All_findings_are_said_at_once()
    {
        var text = MeasurementText.With("\"chip\": \"trn2\",\n", "\"chip\": 5,\n")
            .Replace("[20, 22, 21]", "[0]", StringComparison.Ordinal)
            .Replace("\"4096\": 155.3", "\"4096\": 0", StringComparison.Ordinal);
        Assert.Equal([4, 11, 35], MeasurementText.Findings(text).Select(f => f.Where.Line));
    }

    [Fact]
    public void Damaged_files_are_read_or_refused()
    {
        var good = Encoding.UTF8.GetBytes(MeasurementText.Good);
        Property.ForAll(Gen.Choose(0, good.Length - 1).Zip(Gen.Choose(0, 255)), damage =>
        {
            var bytes = (byte[])good.Clone();
            bytes[damage.Item1] = (byte)damage.Item2;
            try
            {
                MeasurementFile.Parse(bytes, "m.json");
                MeasurementFile.Parse(bytes.AsSpan(0, damage.Item1), "m.json");
            }
            catch (TrnException e)
            {
                Assert.All(e.Diagnostics, d => Assert.StartsWith("TRN17", d.Code.Id, StringComparison.Ordinal));
            }
        }, cases: 300);
    }
}
