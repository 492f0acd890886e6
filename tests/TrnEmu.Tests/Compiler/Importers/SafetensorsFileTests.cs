using System.Text;
using TrnEmu.Compiler.Importers.HuggingFace;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Compiler.Importers;

public sealed class SafetensorsFileTests
{
    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, null)]
    [InlineData("""{"a":{"dtype":"F32","shape":[0,3],"data_offsets":[0,0]},"__metadata__":{"x":"y"}}   """, 0, null)]
    [InlineData("""{"b":{"dtype":"U8","shape":[],"data_offsets":[4,5]},"a":{"dtype":"BF16","shape":[2,1],"data_offsets":[0,4]}}""", 5, null)]
    [InlineData("""{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,2]}}""", 2, "tensor a is F4[3], but has 2 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,9]}}""", 8, "tensor a has bytes 0 to 9, 8 follow the header")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "tensor a has bytes 8 to 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "tensor a is F32[3], but has 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "but has 0 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807,9223372036854775807],"data_offsets":[0,8]}}""", 8, "but has 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "shape has -2, expected whole numbers from 0 on")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,1e99]}}""", 8, "data_offsets has 1E+99")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}""", 8, "1 extents and 3 offsets")]
    [InlineData("""{"a":{"dtype":"F33","shape":[2],"data_offsets":[0,8]}}""", 8, "type F33, which safetensors files do not have")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", 8, "dtype is missing")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1}}""", 8, "\"more\" is no property of tensor a")]
    [InlineData("""{"a":7}""", 0, "tensor a is 7, expected an object")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "tensor b shares 4 bytes with another")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "the 4 bytes before tensor a belong to no tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "the last 1 bytes belong to no tensor")]
    public void Headers_are_checked_against_the_bytes(string header, int bytes, string? words)
    {
        var text = Encoding.UTF8.GetBytes(header);
        byte[] file = [.. BitConverter.GetBytes((ulong)text.Length), .. text, .. new byte[bytes]];
        if (words is null)
        {
            Assert.NotEmpty(SafetensorsFile.Entries(new MemoryStream(file), "x.safetensors"));
            return;
        }

        Assert.Contains(words, Refused(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "the header has 0 bytes, expected 2 to 10")]
    [InlineData(11, "the header has 11 bytes, expected 2 to 10")]
    [InlineData(ulong.MaxValue, "the header has 18446744073709551615 bytes, expected 2 to 10")]
    public void The_length_of_a_header_is_checked(ulong length, string words) =>
        Assert.Contains(words, Refused([.. BitConverter.GetBytes(length), .. "{}        "u8]), StringComparison.Ordinal);

    [Fact]
    public void A_file_shorter_than_a_length_is_refused() =>
        Assert.Contains("has 7 bytes, expected at least 8", Refused(new byte[7]), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"weight_map":{"transformer.wte.weight":"../model.safetensors"}}""", "expected the name of a file beside the index")]
    [InlineData("""{"weight_map":{"transformer.wte.weight":7}}""", "is in 7, expected the name of a file")]
    [InlineData("""{"weight_map":[]}""", "weight_map is missing")]
    [InlineData("""{"weight_map":{"transformer.wte.weight":"absent.safetensors"}}""", "TRN1405")]
    [InlineData("""{"weight_map":{"nothing":"model.safetensors"}}""", "tensor nothing is not in model.safetensors")]
    [InlineData("""{"weight_map":{"transformer.wte.weight":"model.safetensors"}}""", "tensor ln_f.bias is missing")]
    public void An_index_is_checked(string text, string words)
    {
        using var model = TinyModels.Gpt2().Write();
        var index = model.File("model.safetensors.index.json");
        File.WriteAllText(index, text);
        var e = Assert.Throws<TrnException>(() => HuggingFaceModel.Read(index, new(default, default)));
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }

    /// <summary>Any cut and any changed bytes of any of the files give a model or findings, and nothing else.</summary>
    [Theory]
    [InlineData("model.safetensors", 600)]
    [InlineData("config.json", 300)]
    [InlineData("model.safetensors.index.json", 300)]
    public void Damaged_files_give_a_model_or_findings(string file, int headerBytes)
    {
        foreach (var family in (string[])["llama", "gpt2"])
        {
            using var model = family == "llama" ? TinyModels.Llama() : TinyModels.Gpt2();
            if (file.EndsWith("index.json", StringComparison.Ordinal)) model.WriteSharded();
            else model.Write();
            var path = model.File(file);
            Property.ForAll(Damage.Of(File.ReadAllBytes(path), headerBytes), bytes =>
            {
                File.WriteAllBytes(path, bytes);
                Damage.GivesModelOrFindings(() => model.Read().Positions);
            }, cases: 700);
        }
    }

    private static string Refused(byte[] file)
    {
        var e = Assert.Throws<TrnException>(() => SafetensorsFile.Entries(new MemoryStream(file), "x.safetensors"));
        Assert.Equal(FailureKind.BadInput, e.Kind);
        Assert.All(e.Diagnostics, d => Assert.StartsWith("x.safetensors", d.ToString(), StringComparison.Ordinal));
        return e.Message;
    }
}
