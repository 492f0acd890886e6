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

/// <summary>The whole way: each stage is shown, nothing is left open at the end, every finding is told.</summary>
public sealed class PipelineTests
{
    private readonly KernelBuilder _k = new(TestChips.Trn2);

    [Fact]
    public void Every_stage_is_shown_in_order()
    {
        var stages = new List<(string Name, Program Program)>();
        var last = Pipeline.Compile(Trace(), TestChips.Trn2, new CompileOptions { AfterPass = (name, p) => stages.Add((name, p)) });
        Assert.Equal(["trace", "choose-engines", "schedule", "allocate", "plan-dma", "insert-semaphores"], stages.Select(s => s.Name));
        Assert.Equal(last, stages[^1].Program);
        Assert.Equal(stages[2].Program, stages[1].Program);
        Assert.DoesNotContain(stages[2].Program.Tensors, t => t.Address is not null);
        Assert.DoesNotContain(stages[3].Program.Cores[0].Entries, e => e.Queue >= 0);
        Assert.DoesNotContain(stages[4].Program.Cores[0].Entries, e => e.Waits.Count > 0);
    }

    [Fact]
    public void Nothing_is_left_open()
    {
        var program = Pipeline.Compile(Trace(), TestChips.Trn2);
        Assert.All(program.Cores[0].Entries, e => Assert.NotEqual(Engine.None, e.Engine));
        Assert.All(program.Cores[0].Entries, e => Assert.Equal(e.Operation.Info.Attribute.IsDma, e.Queue >= 0));
        Assert.All(program.Tensors, t => Assert.Equal(t.Space != MemorySpace.Hbm, t.Address is not null));
        Assert.Contains(program.Cores[0].Entries, e => e.Waits.Count > 0);
    }

    [Fact]
    public void A_compiled_program_compiles_to_the_same_placement()
    {
        var once = Allocate.Run(PlanDma.Run(ChooseEngines.Run(Trace(), TestChips.Trn2), TestChips.Trn2), TestChips.Trn2);
        Assert.Equal(once, Allocate.Run(PlanDma.Run(ChooseEngines.Run(once, TestChips.Trn2), TestChips.Trn2), TestChips.Trn2));
    }

    [Fact]
    public void All_findings_come_together_at_their_lines()
    {
        var hbm = _k.Input("x", DType.Fp32, [4, 4]);
        var sbuf = _k.Sbuf("tile", DType.Fp32, [4, 8]);
        _k.Issue(new TensorCopy(sbuf[.., ..4], hbm));
        _k.Issue(new DmaCopy(sbuf, hbm));
        var thrown = Assert.Throws<TrnException>(() => Pipeline.Compile(_k.Build(), TestChips.Trn2));
        Assert.Equal(["TRN2003", "TRN2401"], thrown.Diagnostics.Select(d => d.Code.Id));
        Assert.Equal(thrown.Diagnostics[0].Where.Line + 1, thrown.Diagnostics[1].Where.Line);
        Assert.Equal(FailureKind.BadInput, thrown.Kind);
    }

    [Theory]
    [InlineData("trn1", true, false)]
    [InlineData("trn2", true, false)]
    [InlineData("trn3", true, true)]
    [InlineData("trn2", false, true)]
    public void A_program_adds_to_sums_only_before_generation_4(string chip, bool isWhole, bool isLegal)
    {
        var (ones, sums) = (_k.Sbuf("ones", DType.Bf16, [32, 16]), _k.Psum("sums", DType.Fp32, [16, 16]));
        _k.Issue(new Memset(ones, 1));
        _k.Issue(new Memset(sums, 0));
        _k.Issue(new NcMatmul(sums[.., ..8], ones, ones[.., ..8], Accumulate: false));
        _k.Issue(new NcMatmul(isWhole ? sums : sums[.., ..8], ones, isWhole ? ones : ones[.., 8..], Accumulate: false));
        var program = _k.Build();
        var entries = program.Cores[0].Entries.ToArray();
        entries[3] = entries[3] with { Operation = (NcMatmul)entries[3].Operation with { Accumulate = true } };
        program = program with { Cores = [new CoreProgram { Entries = [.. entries] }] };
        if (isLegal)
        {
            Pipeline.Verify(program, Chip.Load(chip));
            return;
        }

        var finding = Assert.Single(Assert.Throws<TrnException>(() => Pipeline.Verify(program, Chip.Load(chip))).Diagnostics);
        Assert.Equal("TRN2110", finding.Code.Id);
        Assert.Contains("128 of 256 elements", finding.Message, StringComparison.Ordinal);
    }

    private Program Trace()
    {
        var x = _k.Input("x", DType.Fp32, [64, 32]);
        var y = _k.Output("y", DType.Bf16, [64, 32]);
        var (tile, narrow) = (_k.Sbuf("tile", DType.Fp32, [64, 32]), _k.Sbuf("narrow", DType.Bf16, [64, 32]));
        _k.Issue(new DmaCopy(tile, x));
        _k.Issue(new TensorCopy(narrow, tile));
        _k.Issue(new DmaCopy(y, narrow));
        return _k.Build();
    }
}
