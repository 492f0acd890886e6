using System.Runtime.CompilerServices;
using FsCheck.Fluent;
using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Isa.Operations.Tensor;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Compiler.Passes;

/// <summary>
/// Tensors that are live at once never share bytes; what does not fit is told with what holds the memory.
/// </summary>
public sealed class AllocateTests
{
    [Theory]
    [InlineData(true), InlineData(false)]
    public void Live_tensors_never_share_bytes(bool rotate) => Property.ForAll(
        Gen.Choose(0, 1 << 20).ListOf(120),
        numbers => CheckDisjoint(Allocate.Run(
            RandomProgram(new Queue<int>(numbers), sbufBytes: 4000), TestChips.Trn2,
            new CompileOptions { Rotate = rotate })),
        cases: 300);

    [Fact]
    public void Under_pressure_they_are_disjoint_or_refused()
    {
        var (placed, refused) = (0, 0);
        Property.ForAll(Gen.Choose(0, 1 << 20).ListOf(120), numbers =>
        {
            try
            {
                CheckDisjoint(Allocate.Run(RandomProgram(new Queue<int>(numbers), sbufBytes: 350), TestChips.WithSbuf(4096)));
                placed++;
            }
            catch (TrnException e) when (e.Diagnostics[0].Code == PassCodes.Capacity)
            {
                refused++;
            }
        });
        Assert.True(placed > 10 && refused > 10, $"{placed} placed, {refused} refused");
    }

    [Fact]
    public void A_loop_gets_other_bytes_in_each_iteration()
    {
        var k = new KernelBuilder(TestChips.Trn2);
        var x = k.Input("x", DType.Bf16, [128, 128]);
        var y = k.Output("y", DType.Bf16, [128, 128]);
        for (var i = 0; i < 9; i++)
        {
            var tile = k.Sbuf("tile", DType.Bf16, [128, 128]);
            var sums = k.Psum("sums", DType.Fp32, [128, 128]);
            k.Issue(new DmaCopy(tile, x));
            k.Issue(new NcMatmul(sums, tile, tile));
            k.Issue(new DmaCopy(y, tile));
        }

        var tensors = Allocate.Run(k.Build(), TestChips.Trn2).Tensors;
        Assert.Equal(9, tensors.Where(t => t.Space == MemorySpace.Sbuf).Select(t => t.Address).Distinct().Count());
        Assert.Equal([0, 2048, 4096, 6144, 8192, 10240, 12288, 14336, 0],
            tensors.Where(t => t.Space == MemorySpace.Psum).Select(t => t.Address!.Value.Byte));
    }

    [Fact]
    public void Without_rotation_each_iteration_gets_the_lowest_free_bytes()
    {
        var k = new KernelBuilder(TestChips.Trn2);
        var x = k.Input("x", DType.Bf16, [128, 128]);
        var y = k.Output("y", DType.Bf16, [128, 128]);
        var kept = k.Sbuf("kept", DType.Bf16, [128, 128]);
        k.Sbuf("pinned", DType.Bf16, [128, 128], new Address(0, 300));
        k.Issue(new DmaCopy(kept, x));
        for (var i = 0; i < 3; i++)
        {
            var tile = k.Sbuf("tile", DType.Bf16, [128, 128]);
            var sums = k.Psum("sums", DType.Fp32, [128, 128]);
            k.Issue(new DmaCopy(tile, x));
            k.Issue(new NcMatmul(sums, tile, kept));
            k.Issue(new DmaCopy(y, tile));
        }

        var placed = Allocate.Run(k.Build(), TestChips.Trn2, new CompileOptions { Rotate = false });
        CheckDisjoint(placed);
        Assert.Equal(["kept 0", "pinned 300", "tile 576", "sums 0", "tile.1 576", "sums.1 0", "tile.2 576", "sums.2 0"],
            placed.Tensors.Where(t => t.Address is not null).Select(t => $"{t.Name} {t.Address!.Value.Byte}"));
    }

    [Fact]
    public void Where_next_fit_leaves_holes_first_fit_is_tried()
    {
        var k = new KernelBuilder(TestChips.Trn2);
        var x = k.Input("x", DType.Int8, [1, 1]);
        var tensors = new[] { 1, 1, 2, 3 }.Select(lines => k.Sbuf("t", DType.Int8, [1, 64 * lines])).ToArray();
        foreach (var i in (int[])[0, 1, 2, 3, 1]) k.Issue(new DmaCopy(tensors[i][.., ..1], x));
        var placed = Allocate.Run(k.Build(), TestChips.WithSbuf(256));
        CheckDisjoint(placed);
    }

    [Fact]
    public void What_an_operation_reads_for_the_last_time_is_live_while_it_writes()
    {
        var k = new KernelBuilder(TestChips.Trn2);
        var tensors = Enumerable.Range(0, 5).Select(_ => k.Sbuf("t", DType.Int8, [1, 64])).ToArray();
        for (var i = 1; i < tensors.Length; i++) k.Issue(new DmaCopy(tensors[i], tensors[i - 1]));
        CheckDisjoint(Allocate.Run(k.Build(), TestChips.WithSbuf(128)));
        Assert.Throws<TrnException>(() => Allocate.Run(k.Build(), TestChips.WithSbuf(64)));
    }

    [Fact]
    public void Overflow_lists_what_is_live_and_where_it_was_made()
    {
        // Each is written in part alone, so that none can be spilled.
        var k = new KernelBuilder(TestChips.WithSbuf(4096));
        var x = k.Input("x", DType.Fp32, [128, 512]);
        var (pinned, line) = (k.Sbuf("pinned", DType.Fp32, [1, 16], new Address(5, 64)), Line());
        var small = k.Sbuf("small", DType.Fp32, [128, 256]);
        var big = k.Sbuf("big", DType.Fp32, [128, 512]);
        var dead = k.Sbuf("dead", DType.Fp32, [128, 512]);
        var more = k.Sbuf("more", DType.Fp32, [128, 512]);
        foreach (var t in (TensorView[])[dead, small, big, more, pinned, small, big])
            k.Issue(new DmaCopy(t[.., ..1], x[..t.Shape[0], ..1]));
        var thrown = Assert.Throws<TrnException>(() => Allocate.Run(k.Build(), TestChips.WithSbuf(4096)));
        Assert.Equal(
            $"""
            {File}:{line + 4}: error TRN4001: more fp32[128,512] needs 2048 bytes in one piece in each partition of SBUF, 960 of 4096 are free; 3 tensors are live
                {File}:{line + 2}: big fp32[128,512] holds 2048 bytes
                {File}:{line + 1}: small fp32[128,256] holds 1024 bytes
                {File}:{line}: pinned fp32[1,16] holds 64 bytes, pinned
            """.ReplaceLineEndings("\n"),
            thrown.Message);
    }

    [Fact]
    public void Pinned_tensors_outside_the_memory_are_refused()
    {
        var k = new KernelBuilder(TestChips.Trn2);
        k.Sbuf("low", DType.Fp32, [64, 16], new Address(96, 0));
        k.Psum("far", DType.Fp32, [64, 512], new Address(0, 15 * 1024));
        var thrown = Assert.Throws<TrnException>(() => Allocate.Run(k.Build(), TestChips.Trn2));
        Assert.Contains("low fp32[64,16] is pinned to partition 96, byte 0: SBUF of trn2 has 128 partitions of 229376 bytes", thrown.Message, StringComparison.Ordinal);
    }

    private const string File = "tests/TrnEmu.Tests/Compiler/Passes/AllocateTests.cs";

    private static int Line([CallerLineNumber] int line = 0) => line;

    /// <summary>
    /// DMA between SBUF tensors and products into PSUM tensors, in random order; some tensors are pinned.
    /// </summary>
    private static Program RandomProgram(Queue<int> numbers, int sbufBytes)
    {
        var k = new KernelBuilder(TestChips.Trn2);
        var x = k.Input("x", DType.Bf16, [1, 1]);
        var one = k.Sbuf("one", DType.Bf16, [1, 1]);
        k.Issue(new DmaCopy(one, x));
        var sbuf = new List<TensorView>();
        for (var i = 0; i < 20; i++)
        {
            var bytes = numbers.Dequeue() % sbufBytes + 2;
            Address? address = numbers.Dequeue() % 10 == 0 ? new Address(0, numbers.Peek() % 1000) : null;
            sbuf.Add(k.Sbuf("s", DType.Bf16, [1, bytes / 2], address));
        }

        TensorView[] psum = [.. Enumerable.Range(0, 4).Select(_ => k.Psum("p", DType.Fp32, [1, numbers.Dequeue() % 1024 + 1]))];
        while (numbers.TryDequeue(out var n))
        {
            if (n % 3 == 0) k.Issue(new NcMatmul(psum[n / 3 % psum.Length][.., ..1], one, one, Accumulate: false));
            else k.Issue(new DmaCopy(sbuf[n / 3 % sbuf.Count][.., ..1], sbuf[n / 100 % sbuf.Count][.., ..1]));
        }

        return k.Build();
    }

    private static void CheckDisjoint(Program program)
    {
        var ranges = program.Tensors.Select(t => Range(program, t.Id)).ToArray();
        foreach (var a in program.Tensors.Where(t => t.Space != MemorySpace.Hbm))
        {
            var capacity = a.Space == MemorySpace.Sbuf ? 229376 : 16384;
            Assert.InRange(a.Address!.Value.Byte + a.BytesPerPartition, 1, capacity);
            if (!a.IsPinned) Assert.Equal(0, a.Address.Value.Byte % (a.Space == MemorySpace.Sbuf ? 64 : 2048));
            foreach (var b in program.Tensors.Where(t => t.Id > a.Id && t.Space == a.Space && !(t.IsPinned && a.IsPinned)))
            {
                var (first, second) = (ranges[a.Id], ranges[b.Id]);
                if (first is null || second is null) continue;
                var pinned = a.IsPinned || b.IsPinned;
                var areLive = pinned || (first.Value.First <= second.Value.Last && second.Value.First <= first.Value.Last);
                var share = a.Address.Value.Byte < b.Address!.Value.Byte + b.BytesPerPartition
                    && b.Address.Value.Byte < a.Address.Value.Byte + a.BytesPerPartition;
                Assert.False(areLive && share, $"{a.Name} and {b.Name} share bytes");
            }
        }
    }

    /// <summary>First and last entry that names the tensor as an operand.</summary>
    private static (int First, int Last)? Range(Program program, int tensor)
    {
        int[] users =
        [
            .. program.Cores[0].Entries.Select((e, i) => (e.Operation, i)).Where(e => e.Operation switch
            {
                DmaCopy c => c.Dst.Tensor == tensor || c.Src.Tensor == tensor,
                NcMatmul m => m.Dst.Tensor == tensor || m.Stationary.Tensor == tensor || m.Moving.Tensor == tensor,
                _ => false,
            }).Select(e => e.i),
        ];
        return users.Length == 0 ? null : (users[0], users[^1]);
    }
}
