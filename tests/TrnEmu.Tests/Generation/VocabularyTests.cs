using TrnEmu.Core.Diagnostics;
using TrnEmu.Generation;

namespace TrnEmu.Tests.Generation;

public sealed class VocabularyTests
{
    private const string Pieces = "# remark\n5\t\"a\"\n6\t\"ab\"\n7\t\" \\n\"\n";

    [Fact]
    public void The_longest_piece_wins() => Assert.Equal([6, 5, 7], Vocabulary.Parse(Pieces, "v").Encode("aba \n"));

    [Fact]
    public void Unknown_tokens_show_their_number() =>
        Assert.Equal("ab<9>a", Vocabulary.Parse(Pieces, "v").Decode([6, 9, 5]));

    [Fact]
    public void Text_without_a_piece_is_refused()
    {
        var e = Assert.Throws<TrnException>(() => Vocabulary.Parse(Pieces, "v").Encode("ac"));
        Assert.Contains("no piece of the vocabulary starts \"c\"", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5 \"a\"")]
    [InlineData("5\ta")]
    [InlineData("x\t\"a\"")]
    [InlineData("5\t\"a\"\n5\t\"b\"")]
    public void A_damaged_line_is_found_where_it_stands(string text)
    {
        var e = Assert.Throws<TrnException>(() => Vocabulary.Parse("# remark\n" + text, "v"));
        Assert.StartsWith($"v:{1 + text.Split('\n').Length}: error TRN1421", e.Message, StringComparison.Ordinal);
    }
}
