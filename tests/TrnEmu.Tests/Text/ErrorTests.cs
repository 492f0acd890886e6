using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Text;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Text;

public sealed class ErrorTests
{
    private const string Head = "trn 1\nchip trn2\ncores 2\nhbm image : fp32[300,512] input random(0)\nsbuf tile : fp32[128,512]\nsbuf idx : int32[128,1]\n\ncore 0\n";

    [Fact]
    public void Mistakes_in_declarations_read_as_they_should() => Golden.Check("declaration-errors.txt", Findings("""
        trn 1
        cores 0
        hbm a : fp31[300,512]
        hbm b ; fp32[300]
        hbm c : fp32[300,0]
        hbm d : fp32[99999999999]
        hbm e : fp32[1000000,1000000,1000000]
        hbm f : fp32[4] inptu random(0)
        hbm g : fp32[4] constant file(0, 16, cafe)
        hbm h : fp32[4] @ 0:0x800
        sbuf i : fp32[300,4]
        sbuf j : fp32[128,4] input
        sbuf k : fp32[128,4] @ 0:-1
        sbuf l : fp32[128,4] pinned
        sbuf l : fp32[128,4]
        sbuf 3d : fp32[128,4]
        sbuf m : fp32[128,4] input output
        sram n : fp32[128,4]
        core 7
        """));

    [Fact]
    public void Mistakes_in_operations_read_as_they_should() => Golden.Check("operation-errors.txt", Findings(Head + """
          dma_copi dst=tile src=image
          dma_copy dst=tille src=image
          dma_copy dest=tile src=image
          dma_copy dst=tile
          dma_copy dst=tile src=image src=image
          dma_copy dst=tile[0:128][1,512 src=image
          dma_copy dst=tile[128:0][1,512] src=image
          dma_copy dst=tile+64 src=image
          dma_copy dst=tile src=image+64
          dma_copy dst=tile src=image[512,128][1,512]@r1
          dma_copy dst=tile src=image[512,128][1,512]@@indx(0,0)*512
          dma_copy dst=tile src=image[512,2147483647][1,2147483647]
          dma_copy dst=tile src=image[512,128][1,1][1,1][1,1][1,1][1,1]
          dma_copy dst=tile[0:128][1,512]:f32 src=image
          dma_copy dst=tile src=image dge_mode=hwdgee
          dma_copy dst=tile src=image wait s0=16
          dma_copy dst=tile src=image wait c2.s0>=16
          dma_copy dst=tile src=image signal s1+1 s2+1
          sync/x dma_copy dst=tile src=image
          sample dst=tile bias=1e99 index=r0 sources=[] pattern=[] limit=1 note=""
          sample dst=tile bias=1 index=q0 sources=[] pattern=[] limit=1 note=""
          sample dst=tile bias=1 index=r0 sources=[] pattern=[[1,2,3]] limit=1 note=""
          sample dst=tile bias=1 index=r0 sources=[] pattern=[] limit=99999999999 note=""
          sample dst=tile bias=1 index=r0 sources=[] pattern=[] limit=1 note="open
          sample dst=tile bias=1 index=r0 sources=[] pattern=[] limit=1 note="" accumulate=maybe
        """));

    [Theory]
    [InlineData("", "the text is empty, expected `trn 1`")]
    [InlineData("# only a comment\n", "the text is empty, expected `trn 1`")]
    [InlineData("ELF\u0001\nmore\n", "a program starts with `trn 1`")]
    [InlineData("trn 2\nsomething new\n", "the text is of version 2, this TrnEmu reads version 1")]
    public void What_is_no_program_gets_one_error(string text, string message)
    {
        var finding = Assert.Single(TextPrograms.Parse(text).Diagnostics);
        Assert.Equal(TextCodes.Header, finding.Code);
        Assert.EndsWith(message, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_uses_of_a_tensor_with_a_bad_declaration_are_not_reported_too()
    {
        var findings =
            TextPrograms.Parse("trn 1\nsbuf t : fp31[1]\nsbuf u : fp32[1]\ncore 0\n  dma_copy dst=u src=t\n").Diagnostics;
        Assert.Equal(2, Assert.Single(findings).Where.Line);
    }

    [Fact]
    public void Only_what_has_no_source_is_located_in_the_text()
    {
        var text = Head + "  dma_copy dst=tile src=image  # k.py:7\n  dma_copy dst=tile src=image  # a note\n";
        var entries = TextPrograms.Parse(text, "p.trn", locate: true).Program!.Cores[0].Entries;
        Assert.Equal(new SourceSpan("k.py", 7), entries[0].Operation.Span);
        Assert.Equal(new SourceSpan("p.trn", 10), entries[1].Operation.Span);
        Assert.Equal(SourceSpan.None, TextPrograms.Read(text).Cores[0].Entries[1].Operation.Span);
    }

    private static string Findings(string text) =>
        string.Concat(TextPrograms.Parse(text, "p.trn").Diagnostics.Select(d => d + "\n"));
}
