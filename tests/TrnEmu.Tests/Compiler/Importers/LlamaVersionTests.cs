using FsCheck.Fluent;
using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Importers;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Tests.Cli;
using TrnEmu.Tests.Generation;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Compiler.Importers;

public sealed class LlamaVersionTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Version_1_is_the_legacy_model_bit_for_bit(bool isTied)
    {
        var legacy = TinyLlama.Bytes(isTied);
        Same(TinyLlama.Read(legacy), TinyLlama.Read(LlamaVersions.Version1(legacy, isTied)));
    }

    [Theory]
    [InlineData(true, 4)]
    [InlineData(false, 8)]
    [InlineData(true, 32)]
    public void Version_2_is_the_model_of_the_numbers_that_its_integers_stand_for(bool isTied, int group)
    {
        var legacy = TinyLlama.Bytes(isTied);
        Same(TinyLlama.Read(LlamaVersions.Rounded(legacy, isTied, group)),
            TinyLlama.Read(LlamaVersions.Version2(legacy, isTied, group)));
    }

    [Theory]
    [InlineData(1, 4, 0, "starts with ak42, version 0: expected version 1 to 2")]
    [InlineData(1, 4, 3, "starts with ak42, version 3: expected version 1 to 2")]
    [InlineData(1, 8, -8, "dim is -8, expected 1 to 1048576")]
    [InlineData(1, 28, -24, "vocabulary is -24, expected 1 to 1048576")]
    [InlineData(1, 36, 2, "the flag of a shared classifier is 2, expected 0 or 1")]
    [InlineData(1, 36, 0, "bytes, expected")]
    [InlineData(2, 37, 0, "the group size is 0, expected 1 or more")]
    [InlineData(2, 37, 64, "wk has 32 weights, expected a multiple of the group size 64")]
    [InlineData(2, 37, 16, "bytes, expected")]
    public void Impossible_headers_are_refused_in_words(int version, int at, int value, string words)
    {
        var legacy = TinyLlama.Bytes();
        var bytes = version == 1 ? LlamaVersions.Version1(legacy) : LlamaVersions.Version2(legacy, true, 8);
        BitConverter.TryWriteBytes(bytes.AsSpan(at), value);
        var e = Assert.Throws<TrnException>(() => TinyLlama.Read(bytes));
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }

    /// <summary>Version 1 has no rotations of its own, so the length of the file does not bound the positions.</summary>
    [Fact]
    public void Positions_beyond_all_memory_are_refused()
    {
        int[] numbers = [0x616b3432, 1, 128, 1, 1, 1, 1, 1, 1 << 20, 1];
        var bytes = new byte[LlamaVersions.HeaderBytes + (3 * 128 + 128 + 4 * 128 * 128 + 3 * 128) * 4];
        Buffer.BlockCopy(numbers, 0, bytes, 0, numbers.Length * 4);
        var e = Assert.Throws<TrnException>(() => TinyLlama.Read(bytes));
        Assert.Contains("1048576 positions of 64 rotations are 67108864 cosines, limit 33554432", e.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_scale_that_is_not_finite_is_named()
    {
        var bytes = LlamaVersions.Version2(TinyLlama.Bytes(), isTied: true, group: 8);
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 4), float.NaN);
        var e = Assert.Throws<TrnException>(() => TinyLlama.Read(bytes));
        Assert.Contains("TRN1403: number 11 of the scales of l1.w3 is NaN", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_version_2_runs_and_agrees_with_its_reference()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("tiny.bin"), LlamaVersions.Version2(TinyLlama.Bytes(), true, 8));
        var (code, output, error) = Shell.Run("run", folder.File("tiny.bin"), "--tokens", "5", "--steps", "3");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("fp64", output, StringComparison.Ordinal);
    }

    /// <summary>Any cut and any changed bytes give a model or findings, and nothing else.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Damaged_files_give_a_model_or_findings(int version)
    {
        var legacy = TinyLlama.Bytes();
        var whole = version == 1 ? LlamaVersions.Version1(legacy) : LlamaVersions.Version2(legacy, true, 8);
        Property.ForAll(Damage.Of(whole, headerBytes: 48), bytes => Damage.GivesModelOrFindings(
            () => TinyLlama.Read(bytes).Positions), cases: 1000);
    }

    private static void Same(Decoder expected, Decoder actual)
    {
        Assert.Equal(GraphText.Print(expected.Model.Graph), GraphText.Print(actual.Model.Graph));
        Assert.Equal((expected.Positions, expected.Vocabulary), (actual.Positions, actual.Vocabulary));
        Assert.Equal(expected.Model.Constants.Keys.Order(), actual.Model.Constants.Keys.Order());
        foreach (var (name, bytes) in expected.Model.Constants) Assert.Equal(bytes, actual.Model.Constants[name]);
    }
}
