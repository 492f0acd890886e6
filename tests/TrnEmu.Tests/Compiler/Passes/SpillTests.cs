using System.Text.RegularExpressions;
using FsCheck.Fluent;
using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Core.Text;
using TrnEmu.Tests.Kernels;
using TrnEmu.Tests.Machine;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Compiler.Passes;

/// <summary>What does not fit into SBUF goes to HBM and back, and nobody can see it from the results.</summary>
public sealed class SpillTests
{
    private const string Three = """
        trn 1
        chip trn2
        cores 1

        hbm x : fp32[128,16] input random(0)
        hbm y : fp32[128,16] output
        sbuf a : fp32[128,16]
        sbuf b : fp32[128,16]
        sbuf c : fp32[128,16]

        core 0
          dma_copy dst=a src=x
          dma_copy dst=b src=x
          tensor_tensor dst=c data1=a data2=a op=add
          tensor_tensor dst=c data1=c data2=a op=add
          tensor_tensor dst=c data1=c data2=b op=add
          dma_copy dst=y src=c

        """;

    [Fact]
    public void What_is_needed_again_last_leaves_and_comes_back()
    {
        var (body, warnings) = Allocated(Three, sbuf: 128);
        Assert.Equal(
            """
            hbm b.spilled : fp32[128,16]
            sbuf b.reloaded : fp32[128,16] @ 0:0x0

            core 0
             dma_copy dst=a src=x
             dma_copy dst=b src=x
             dma_copy dst=b.spilled src=b
             tensor_tensor dst=c data1=a data2=a op=add
             tensor_tensor dst=c data1=c data2=a op=add
             dma_copy dst=b.reloaded src=b.spilled
             tensor_tensor dst=c data1=c data2=b.reloaded op=add
             dma_copy dst=y src=c

            """.ReplaceLineEndings("\n"),
            body);
        Assert.Equal(
            """
            warning TRN4004: b fp32[128,16] goes to HBM and back: 16384 bytes in 1 stores and 1 loads, since SBUF of trn2 has 128 bytes in each partition
                needs the room
            """.ReplaceLineEndings("\n"),
            Assert.Single(warnings).ToString());
    }

    [Fact]
    public void What_fits_stays()
    {
        var (body, warnings) = Allocated(Three, sbuf: 192);
        Assert.DoesNotContain("spilled", body, StringComparison.Ordinal);
        Assert.Empty(warnings);
    }

    [Theory]
    [InlineData("sbuf b : fp32[128,16]", "sbuf b : fp32[128,16] @ 0:0x40 pinned", "pinned tensors stay")]
    [InlineData("dma_copy dst=b src=x", "dma_copy dst=b[0:128][1,8] src=x[16,128][1,8]",
        "what is not wholly written is not read")]
    [InlineData("data1=a data2=a", "data1=a data2=b", "operands of one operation stay")]
    public void What_cannot_leave_is_an_error(string text, string other, string why)
    {
        Assert.Contains(text, Three, StringComparison.Ordinal);
        var thrown = Assert.Throws<TrnException>(
            () => Allocated(Three.Replace(text, other, StringComparison.Ordinal), sbuf: 128));
        Assert.True(thrown.Diagnostics[0].Code == PassCodes.Capacity, why);
    }

    [Fact]
    public void What_HBM_has_already_is_not_stored_again()
    {
        var k = new KernelBuilder(TestChips.Trn2);
        var (x, y) = (k.Input("x", DType.Fp32, [1, 16]), k.Output("y", DType.Fp32, [1, 16]));
        TensorView[] t = [.. Enumerable.Range(0, 3).Select(_ => k.Sbuf("t", DType.Fp32, [1, 16]))];
        foreach (var tensor in t) k.Issue(new DmaCopy(tensor, x));
        for (var round = 0; round < 4; round++)
        {
            foreach (var tensor in t) k.Issue(new DmaCopy(y, tensor));
        }

        var counts = default(SpillCounts);
        var placed = Allocate.Run(
            k.Build(), TestChips.WithSbuf(128), new CompileOptions { Spilled = s => counts += s });
        var copies = placed.Cores[0].Entries.Select(e => (DmaCopy)e.Operation).ToList();
        Assert.Equal(counts.Stores,
            copies.Count(c => placed.TensorOf(c.Dst).Name.Contains("spilled", StringComparison.Ordinal)));
        Assert.Equal(counts.Loads,
            copies.Count(c => placed.TensorOf(c.Src).Name.Contains("spilled", StringComparison.Ordinal)));
        Assert.Equal(64 * (counts.Stores + counts.Loads), counts.Bytes);
        Assert.Equal(counts.Tensors, counts.Stores);
        Assert.InRange(counts.Loads, 4, 12);
    }

    /// <summary>The limit is far above what n log n work takes.</summary>
    [Fact]
    public void Time_grows_as_the_program()
    {
        var k = new KernelBuilder(TestChips.Trn2);
        var (x, y) = (k.Input("x", DType.Fp32, [1, 16]), k.Output("y", DType.Fp32, [1, 16]));
        TensorView[] t = [.. Enumerable.Range(0, 200).Select(_ => k.Sbuf("t", DType.Fp32, [1, 16]))];
        foreach (var tensor in t) k.Issue(new DmaCopy(tensor, x));
        for (var i = 0; i < 20_000; i++) k.Issue(new DmaCopy(y, t[i % t.Length]));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var counts = default(SpillCounts);
        Allocate.Run(k.Build(), TestChips.WithSbuf(64 * 100), new CompileOptions { Spilled = s => counts += s });
        Assert.InRange(counts.Loads, 9_000, 20_000);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);
    }

    [Fact]
    public void Random_programs_give_the_same_bits_in_any_SBUF()
    {
        var (spilled, refused) = (0, 0);
        Property.ForAll(Gen.Choose(0, 1 << 20).ListOf(160), numbers =>
        {
            var trace = Sums(new Queue<int>(numbers));
            var expected = CompiledRun.Outputs(Pipeline.Compile(trace, TestChips.Trn2), TestChips.Trn2);
            foreach (var sbuf in (int[])[512, 1024, 2048])
            {
                try
                {
                    var chip = TestChips.WithSbuf(sbuf);
                    var small = Pipeline.Compile(trace, chip, new CompileOptions { Spilled = _ => spilled++ });
                    Assert.All(small.Tensors.Where(t => t.Space == MemorySpace.Sbuf), t =>
                        Assert.InRange(t.Address!.Value.Byte + t.BytesPerPartition, 1, sbuf));
                    Assert.Equal(expected, CompiledRun.Outputs(small, chip));
                }
                catch (TrnException e) when (e.Diagnostics[0].Code == PassCodes.Capacity)
                {
                    refused++;
                }
            }
        });
        Assert.True(spilled > 50, $"{spilled} spilled, {refused} refused");
    }

    [Fact]
    public void Each_core_spills_its_own() => Property.ForAll(
        Gen.Choose(0, 1 << 20).ListOf(160),
        numbers =>
        {
            var k = new KernelBuilder(TestChips.Trn2);
            k.EachCore(2, core => Sums(k, new Queue<int>(numbers.Skip(core))));
            var (trace, cores, chip) = (k.Build(), new HashSet<int>(), TestChips.WithSbuf(1280));
            var small = Pipeline.Compile(trace, chip);
            foreach (var tensor in small.Tensors.Where(t => t.Name.Contains(".reloaded", StringComparison.Ordinal)))
                cores.Add(tensor.Core);
            Assert.Equal(2, cores.Count);
            Assert.Equal(CompiledRun.Outputs(Pipeline.Compile(trace, TestChips.Trn2), TestChips.Trn2),
                CompiledRun.Outputs(small, chip));
        },
        30);

    [Fact]
    public void Loops_on_the_device_are_the_same_loops()
    {
        var spilled = 0;
        Property.ForAll(Machine.LoopNode.Kernels, body =>
        {
            foreach (var sbuf in (int[])[128, 192, 256])
            {
                try
                {
                    var options = new CompileOptions { Spilled = _ => spilled++ };
                    if (LoopRun.Make(TestChips.WithSbuf(sbuf), body, seed: body.Length, options) is not { } run) return;
                    Assert.Equal(run.Expected, run.Execute(run.Program, Core.Machine.Binding.Physical(run.Program)));
                }
                catch (TrnException e) when (e.Diagnostics[0].Code == PassCodes.Capacity)
                {
                }
            }
        });
        Assert.True(spilled > 10, $"{spilled} spilled");
    }

    private static (string Body, IReadOnlyList<Diagnostic> Warnings) Allocated(string text, int sbuf)
    {
        var parsed = ProgramText.Parse(text, "spill.trn");
        Assert.Empty(parsed.Diagnostics);
        var warnings = new List<Diagnostic>();
        var chip = TestChips.WithSbuf(sbuf);
        var placed = Allocate.Run(parsed.Program!, chip, new CompileOptions { Warn = warnings.Add });
        var body = ProgramText.Print(placed);
        var end = Regex.Match(body, @"^sbuf c .*\n", RegexOptions.Multiline);
        return (Regex.Replace(body[(end.Index + end.Length)..], " +", " "), warnings);
    }

    /// <summary>
    /// Loads, sums and stores of tensors of random sizes in random order, each wholly written before it is read.
    /// </summary>
    private static Program Sums(Queue<int> numbers)
    {
        var k = new KernelBuilder(TestChips.Trn2);
        Sums(k, numbers);
        return k.Build();
    }

    private static void Sums(KernelBuilder k, Queue<int> numbers)
    {
        var x = k.Input("x", DType.Fp32, [4, 64]);
        TensorView[] tensors = [.. Enumerable.Range(0, 20)
            .Select(i => k.Sbuf("t", DType.Fp32, [4, 4 + numbers.Dequeue() % 60], i == 7 ? new Address(0, 64) : null))];
        var written = new bool[tensors.Length];
        for (var i = 0; numbers.TryDequeue(out var n); i++)
        {
            var (a, b, c) = (n % 20, n / 20 % 20, n / 400 % 20);
            var columns = tensors[a].Shape[1];
            if (!written[a] || n % 7 == 0) k.Issue(new DmaCopy(tensors[a], x[.., ..columns]));
            written[a] = true;
            if (n % 3 == 0) k.Issue(new DmaCopy(k.Output("y", DType.Fp32, [4, columns]), tensors[a]));
            else if (written[b] && written[c] && tensors[b].Shape[1] >= columns && tensors[c].Shape[1] >= columns)
                k.Issue(new TensorTensor(tensors[a], tensors[b][.., ..columns], tensors[c][.., ..columns], AluOp.Add));
        }
    }
}
