using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Isa.Operations.Tensor;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Eager;

namespace TrnEmu.Tests.Eager;

/// <summary>What an eager run refuses, fills and orders.</summary>
public sealed class EagerRunTests
{
    [Fact]
    public void A_read_of_what_nothing_wrote_is_a_fault_at_its_line_at_once()
    {
        using var run = new EagerRun(new EagerOptions());
        var (a, b) = (Tile(run, "a", line: 2), Tile(run, "b", line: 3));
        Assert.Equal("k.py:5: error TRN3110: tensor_copy reads src: bytes 0 to 31 in partitions 0 to 7 of a, which nothing wrote\n"
            + "    k.py:2: a was made here", Finding(() => run.Issue(0, At(new TensorCopy(b, a), 5))));

        // It is no part of the trace, and the kernel can go on.
        run.Issue(0, At(new Memset(a, 1), 6));
        run.Issue(0, At(new TensorCopy(b, a), 7));
        Assert.Equal(2, run.ToProgram().Cores[0].Entries.Count);
    }

    [Theory]
    [InlineData(DType.Fp32, 0x7fc00000, 4)]
    [InlineData(DType.Bf16, 0x7fc0, 2)]
    [InlineData(DType.Fp16, 0x7e00, 2)]
    [InlineData(DType.Int32, 4, 4)]
    [InlineData(DType.UInt8, 4, 1)]
    public void Fresh_tensors_are_filled(DType dtype, int element, int size)
    {
        using var run = new EagerRun(new EagerOptions { Uninitialised = Uninitialised.NaN });
        var id = run.AddTensor(new TensorRequest("t", MemorySpace.Sbuf, dtype, [3, 5]));
        var bytes = new byte[3 * 5 * size];
        run.Read(new HostView(id, dtype, 0, 0, [3, 5], [0, 1]), bytes);
        for (var i = 0; i < bytes.Length; i++) Assert.Equal((byte)(element >> 8 * (i % size)), bytes[i]);
    }

    [Fact]
    public void Bytes_of_freed_tensors_are_used_again_and_filled_again()
    {
        var options = new EagerOptions { Keep = false, Uninitialised = Uninitialised.Zero, Run = new RunOptions { MaxMemory = 1 << 20 } };
        using var run = new EagerRun(options);
        var bytes = new byte[128 * 1024 * 4];
        for (var i = 0; i < 50; i++)
        {
            var id = run.AddTensor(new TensorRequest("t", MemorySpace.Hbm, DType.Int32, [128, 1024]));
            var view = new HostView(id, DType.Int32, 0, 0, [128, 1024], [1024, 1]);
            run.Read(view, bytes);
            Assert.False(bytes.AsSpan().ContainsAnyExcept((byte)0));
            bytes.AsSpan().Fill(7);
            run.Write(view, bytes);
            run.Free(id);
            Assert.Equal(0, id);
        }
    }

    [Fact]
    public void Too_much_is_refused_in_words()
    {
        using var run = new EagerRun(new EagerOptions { Run = new RunOptions { MaxMemory = 1 << 20, InstructionLimit = 1 } });
        Assert.Equal("k.py:9: error TRN1003: big fp32[1024,512] needs 2097152 bytes of the host, 0 are in use, limit 1048576 (--max-memory)",
            Finding(() => run.AddTensor(Request("big", MemorySpace.Hbm, 9, 1024, 512))));
        Assert.Contains("more than 1099511627776 elements", Finding(() => run.AddTensor(Request("t", MemorySpace.Hbm, 9, 1 << 30, 1 << 30))), StringComparison.Ordinal);
        Assert.Contains("TRN4001: t fp32[262144,262144] needs 274877906944 bytes of HBM",
            Finding(() => run.AddTensor(Request("t", MemorySpace.Hbm, 9, 1 << 18, 1 << 18))), StringComparison.Ordinal);
        Assert.Equal("k.py:9: error TRN4001: wide fp32[128,60000] has 240000 bytes in each partition, limit 229376: SBUF of trn2 has no more",
            Finding(() => run.AddTensor(Request("wide", MemorySpace.Sbuf, 9, 128, 60000))));
        var a = Tile(run, "a", line: 1);
        run.Issue(0, At(new Memset(a, 1), 6));
        Assert.Equal("k.py:7: error TRN4106: operation 2 is recorded, limit 1 (--max-instructions)", Finding(() => run.Issue(0, At(new Memset(a, 1), 7))));
    }

    [Fact]
    public void Iterations_must_be_like_the_first()
    {
        using var run = new EagerRun(new EagerOptions { Run = new RunOptions { MaxIterations = 3 } });
        var a = Tile(run, "a", line: 1);
        Assert.True(run.Begin(0, At(new Loop(new Register(0), 0, 10), 4)));
        run.Issue(0, At(new Memset(a, 1), 5));
        Assert.True(run.End(0, new SourceSpan("k.py", 4)));
        Assert.Equal("k.py:5: error TRN4301: memset has other operands in iteration 2 than in the first\n    k.py:5: memset of the first iteration\n"
            + "    k.py:4: loop begins here", Finding(() => run.Issue(0, At(new Memset(a, 2), 5))));
        Assert.Contains("iteration 2 ends where the first went on with memset", Finding(() => run.End(0, SourceSpan.None)), StringComparison.Ordinal);
        Assert.Contains("iteration 2 makes more tensors than the first, which made 0", Finding(() => Tile(run, "b", 6)), StringComparison.Ordinal);
        run.Issue(0, At(new Memset(a, 1), 8));
        Assert.Contains("iteration 2 goes on with memset where the first ended", Finding(() => run.Issue(0, At(new Memset(a, 1), 9))), StringComparison.Ordinal);
        Assert.True(run.End(0, new SourceSpan("k.py", 4)));
        Assert.Contains("error TRN4303: loop has not ended", Finding(() => run.Finish([], [])), StringComparison.Ordinal);
        run.Issue(0, At(new Memset(a, 1), 5));
        Assert.Contains("TRN3005", Finding(() => run.End(0, SourceSpan.None)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sum_of_a_tensor_that_a_body_makes_begins_anew_in_each_iteration()
    {
        using var run = new EagerRun(new EagerOptions());
        var a = Tile(run, "a", line: 1);
        run.Issue(0, At(new Memset(a, 1), 2));
        run.Begin(0, At(new Loop(new Register(0), 0, 3), 4));
        for (var more = true; more; more = run.End(0, SourceSpan.None))
        {
            var sum = AccessPattern.Whole(run.Program.TensorAt(run.AddTensor(Request("sum", MemorySpace.Psum, 5, 8, 8))));
            run.Issue(0, At(new NcMatmul(sum, a, a), 6));
            run.Issue(0, At(new NcMatmul(sum, a, a), 7));
            var bytes = new byte[4];
            run.Read(new HostView(sum.Tensor, DType.Fp32, 0, 0, [1, 1], [0, 1]), bytes);
            Assert.Equal(16f, BitConverter.ToSingle(bytes));
        }

        var sums = run.ToProgram().Cores[0].Entries.Select(e => e.Operation).OfType<NcMatmul>().Select(m => m.Accumulate.Kind);
        Assert.Equal([AccumulationKind.Overwrite, AccumulationKind.Add], sums);
        Assert.True(run.Finish([], []).Timeline!.Elapsed > 0);
    }

    [Fact]
    public void Tensors_at_one_address_share_their_bytes()
    {
        using var run = new EagerRun(new EagerOptions());
        var (a, b) = (Pinned(run, "a", 64), Pinned(run, "b", 80));
        run.Issue(0, At(new Memset(a, 3), 1));
        var bytes = new byte[4];
        run.Read(new HostView(b.Tensor, DType.Fp32, 0, 0, [1, 1], [0, 1]), bytes);
        Assert.Equal(3f, BitConverter.ToSingle(bytes));
        run.Issue(0, At(new Memset(b, 4), 2));
        var c = Tile(run, "c", line: 3);
        Assert.Contains("TRN3111", Finding(() => run.Issue(0, At(new TensorCopy(c, a), 4))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_can_order_what_shares_nothing()
    {
        long Run(bool isOrdered)
        {
            using var run = new EagerRun(new EagerOptions());
            var (a, b) = (Tile(run, "a", line: 1), Tile(run, "b", line: 2));
            run.Issue(0, At(new Memset(a, 1), 3), Engine.Vector);
            run.Issue(0, At(new Memset(b, 1), 4), Engine.GpSimd);
            if (isOrdered) run.Depend(0, consumer: 1, producer: 0);
            return run.Finish([], []).Timeline!.Elapsed;
        }

        Assert.True(Run(isOrdered: true) > Run(isOrdered: false));
    }

    [Fact]
    public void Cores_that_write_apart_by_index_do_not_race()
    {
        RunResult Run(int distance)
        {
            using var run = new EagerRun(new EagerOptions { Cores = 2 });
            var y = run.AddTensor(Request("y", MemorySpace.Hbm, 1, 4, 8) with { IsShared = true });
            for (var core = 0; core < 2; core++)
            {
                var tile = AccessPattern.Whole(run.Program.TensorAt(run.AddTensor(Request("t", MemorySpace.Sbuf, 2, 1, 8) with { Core = core })));
                run.Issue(core, At(new Memset(tile, core), 3));
                run.Issue(core, At(new RegisterMove(new Register(0), distance * core), 4));
                var row = AccessPattern.Whole(run.Program.TensorAt(y)) with
                {
                    Partitions = 1,
                    Dynamic = new DynamicOffset(OffsetKind.Register, 0, 0, 0, 8),
                };
                run.Issue(core, At(new DmaCopy(row, tile), 5));
            }

            return run.Finish([y], ["y"]);
        }

        Assert.Equal(4 * 8 * 4, Run(distance: 1).Outputs[0].Bytes.Length);
        Assert.Contains("TRN3101", Finding(() => Run(distance: 0)), StringComparison.Ordinal);
    }

    private static AccessPattern Pinned(EagerRun run, string name, int at) => AccessPattern.Whole(run.Program.TensorAt(run.AddTensor(
        Request(name, MemorySpace.Sbuf, 1, 8, 8) with { Address = new Address(0, at) })));

    private static AccessPattern Tile(EagerRun run, string name, int line) =>
        AccessPattern.Whole(run.Program.TensorAt(run.AddTensor(Request(name, MemorySpace.Sbuf, line, 8, 8))));

    private static TensorRequest Request(string name, MemorySpace space, int line, params int[] shape) =>
        new(name, space, DType.Fp32, [.. shape]) { Span = new SourceSpan("k.py", line) };

    private static Operation At(Operation operation, int line) => operation with { Span = new SourceSpan("k.py", line) };

    private static string Finding(Func<object> action) => Assert.Single(Assert.Throws<TrnException>(action).Diagnostics).ToString();
}
