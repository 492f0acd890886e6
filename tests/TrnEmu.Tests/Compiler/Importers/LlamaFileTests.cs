using FsCheck.Fluent;
using TrnEmu.Compiler.Importers;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Cli;
using TrnEmu.Tests.Generation;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Compiler.Importers;

public sealed class LlamaFileTests
{
    private const int HeaderBytes = 28;

    [Fact]
    public void Matrices_are_turned_and_tables_are_not()
    {
        var bytes = TinyLlama.Bytes();
        var constants = TinyLlama.Read(bytes).Model.Constants;
        Assert.Equal(
            bytes[HeaderBytes..(HeaderBytes + TinyLlama.Vocabulary * TinyLlama.Dim * 4)], constants["token_embedding"]);
        const int Row = 2, Column = 5;
        var inFile = HeaderBytes + (
            TinyLlama.Vocabulary * TinyLlama.Dim + TinyLlama.Layers * TinyLlama.Dim + Row * TinyLlama.Dim + Column) * 4;
        var turned = (Column * TinyLlama.Dim + Row) * 4;
        Assert.Equal(bytes[inFile..(inFile + 4)], constants["l0.wq"][turned..(turned + 4)]);
    }

    [Fact]
    public void A_tied_classifier_is_the_embedding_turned_and_another_one_stands_last()
    {
        var tied = TinyLlama.Read(TinyLlama.Bytes());
        Assert.Equal(tied.Model.Constants["token_embedding"][4..8],
            tied.Model.Constants["classifier"][(TinyLlama.Vocabulary * 4)..(TinyLlama.Vocabulary * 4 + 4)]);
        var bytes = TinyLlama.Bytes(isTied: false);
        var untied = TinyLlama.Read(bytes);
        Assert.Equal(bytes[^4..], untied.Model.Constants["classifier"][^4..]);
        Assert.Equal(TinyLlama.Vocabulary, untied.Vocabulary);
    }

    [Fact]
    public void Weights_alone_can_have_another_type()
    {
        var decoder = LlamaFile.Read(
            new MemoryStream(TinyLlama.Bytes()), "tiny.bin", new ImportOptions(DType.Fp32, DType.Bf16));
        var matrices = decoder.Model.Graph.Tensors.Where(t => t.Type.DType == DType.Bf16).Select(t => t.Name);
        string[] names = ["wq", "wk", "wv", "wo", "w1", "w2", "w3"];
        Assert.Equal(names.SelectMany(n => new[] { $"l0.{n}", $"l1.{n}" }).Order(), matrices.Order());
    }

    [Theory]
    [InlineData(0, 0, "dim is 0, expected 1 to 1048576")]
    [InlineData(1, -12, "hidden_dim is -12")]
    [InlineData(2, int.MaxValue, "layers is 2147483647")]
    [InlineData(3, 3, "dim is 8, heads is 3: expected heads of one even size")]
    [InlineData(3, 8, "dim is 8, heads is 8: expected heads of one even size")]
    [InlineData(4, 3, "heads is 2, kv_heads is 3: expected a multiple")]
    [InlineData(5, 0, "vocabulary is 0")]
    [InlineData(5, int.MinValue, "vocabulary is -2147483648")]
    [InlineData(6, 1 << 20, "expected 16")]
    [InlineData(0, 0x616b3432, "starts with ak42, version 12: expected version 1 to 2")]
    public void Impossible_headers_are_refused_in_words(int index, int value, string words)
    {
        var e = Assert.Throws<TrnException>(() => TinyLlama.Read(TinyLlama.WithHeader(index, value)));
        Assert.Contains(words, e.Diagnostics[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_that_is_not_finite_is_named()
    {
        var bytes = TinyLlama.Bytes();
        BitConverter.TryWriteBytes(bytes.AsSpan(HeaderBytes + 3 * 4), float.NaN);
        var e = Assert.Throws<TrnException>(() => TinyLlama.Read(bytes));
        Assert.Contains("TRN1403: number 3 of token_embedding is NaN", e.Message, StringComparison.Ordinal);
    }

    /// <summary>Any cut, any longer file and any changed bytes give a model or a finding, and nothing else.</summary>
    [Fact]
    public void Damaged_files_give_a_model_or_a_finding()
    {
        var whole = TinyLlama.Bytes();
        var damage =
            from length in Gen.Frequency((1, Gen.Choose(0, whole.Length + 9)), (2, Gen.Constant(whole.Length)))
            from places in Gen.ListOf(Gen.OneOf(Gen.Choose(0, HeaderBytes - 1), Gen.Choose(0, whole.Length - 1)))
            from value in Gen.Choose(0, 255)
            select (length, places: places.ToArray(), value);
        Property.ForAll(damage, d =>
        {
            var bytes = whole.ToArray();
            Array.Resize(ref bytes, d.length);
            foreach (var place in d.places.Where(p => p < bytes.Length)) bytes[place] = (byte)d.value;
            try
            {
                Assert.True(TinyLlama.Read(bytes).Positions > 0);
                Assert.Equal(whole.Length, d.length);
            }
            catch (TrnException e)
            {
                Assert.Equal(FailureKind.BadInput, e.Kind);
                Assert.All(e.Diagnostics,
                    f => Assert.StartsWith("tiny.bin: error TRN140", f.ToString(), StringComparison.Ordinal));
            }
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(27)]
    [InlineData(1000)]
    public void The_command_line_refuses_a_cut_file_with_code_2(int length)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("cut.bin"), TinyLlama.Bytes()[..length]);
        var (code, output, error) = Shell.Run("run", folder.File("cut.bin"));
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith(
            $"{folder.File("cut.bin")}: error TRN1402: has {length} bytes", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void The_command_line_refuses_a_missing_file_with_code_2()
    {
        var (code, _, error) = Shell.Run("run", "nowhere/missing.bin");
        Assert.Equal(2, code);
        Assert.StartsWith("nowhere/missing.bin: error TRN1405", error, StringComparison.Ordinal);
    }
}
