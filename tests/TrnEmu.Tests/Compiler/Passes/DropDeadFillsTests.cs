using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Isa.Operations.Tensor;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Compiler.Passes;

public sealed class DropDeadFillsTests
{
    private static readonly Chip Trn2 = Chip.Load("trn2");

    [Fact]
    public void A_cleared_sum_that_the_first_product_overwrites_is_not_cleared()
    {
        var warnings = new List<Diagnostic>();
        var program = Fills(columns: 512, reads: false, warnings);
        Assert.DoesNotContain(program.Cores[0].Entries, e => e.Operation is Memset);
        var warning = Assert.Single(warnings);
        Assert.Equal("TRN4005", warning.Code.Id);
        Assert.Contains("memset has no effect and is left out", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(511, false)]
    [InlineData(512, true)]
    public void A_fill_that_is_read_in_part_or_whole_stays(int columns, bool reads)
    {
        var warnings = new List<Diagnostic>();
        Assert.Contains(Fills(columns, reads, warnings).Cores[0].Entries, e => e.Operation is Memset);
        Assert.Empty(warnings);
    }

    [Fact]
    public void A_fill_that_nothing_overwrites_stays()
    {
        var k = new KernelBuilder(Trn2);
        k.Issue(new Memset(k.Sbuf("t", DType.Fp32, [128, 8]), 1));
        Assert.Single(DropDeadFills.Run(k.Build(), new CompileOptions()).Cores[0].Entries);
    }

    [Fact]
    public void A_fill_at_an_address_of_the_users_or_in_a_loop_stays()
    {
        var k = new KernelBuilder(Trn2);
        Twice(k, k.Sbuf("pinned", DType.Fp32, [128, 8], new Address(0, 64)));
        var looped = k.Sbuf("looped", DType.Fp32, [128, 8]);
        k.Loop(0, 4, 1, _ => Twice(k, looped));
        var before = k.Build();
        Assert.Equal(before, DropDeadFills.Run(before, new CompileOptions()));
    }

    private static void Twice(KernelBuilder k, TensorView tensor)
    {
        k.Issue(new Memset(tensor, 1));
        k.Issue(new Memset(tensor, 2));
    }

    private static Program Fills(int columns, bool reads, List<Diagnostic> warnings)
    {
        var k = new KernelBuilder(Trn2);
        var left = k.Sbuf("left", DType.Bf16, [128, 128]);
        var right = k.Sbuf("right", DType.Bf16, [128, 512]);
        k.Issue(new DmaCopy(left, k.Input("a", DType.Bf16, [128, 128])));
        k.Issue(new DmaCopy(right, k.Input("b", DType.Bf16, [128, 512])));
        var sum = k.Psum("sum", DType.Fp32, [128, 512]);
        var copy = k.Sbuf("copy", DType.Fp32, [128, 512]);
        k.Issue(new Memset(sum, 0));
        if (reads) k.Issue(new TensorCopy(copy, sum));
        k.Issue(new NcMatmul(sum[.., ..columns], left, right[.., ..columns]));
        k.Issue(new TensorCopy(copy, sum));
        k.Issue(new DmaCopy(k.Output("y", DType.Fp32, [128, 512]), copy));
        return DropDeadFills.Run(k.Build(), new CompileOptions { Warn = warnings.Add });
    }
}
