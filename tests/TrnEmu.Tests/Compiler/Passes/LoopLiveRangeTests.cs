using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Compiler.Passes;

/// <summary>How long tensors keep their bytes where loops run.</summary>
public sealed class LoopLiveRangeTests
{
    private readonly KernelBuilder _k = new(TestChips.Trn2);
    private readonly TensorView _y;

    public LoopLiveRangeTests() => _y = _k.Output("y", DType.Fp32, [1, 8]);

    [Fact]
    public void What_is_made_outside_lives_over_all_of_the_loop()
    {
        // 0 write t; 1 loop; 2 read t; 3 write u; 4 end_loop
        var (t, u) = (Tile("t"), Tile("u"));
        Write(t);
        _k.Loop(0, 4, 1, _ =>
        {
            Read(t);
            Write(u);
        });
        Assert.Equal([(0, 4), (3, 3)], Ranges(t, u));
    }

    [Fact]
    public void What_the_body_begins_by_writing_lives_within_it()
    {
        // 0 loop; 1 write t; 2 read t; 3 write u; 4 read u; 5 end_loop
        var (t, u) = (Tile("t"), Tile("u"));
        _k.Loop(0, 4, 1, _ =>
        {
            Write(t);
            Read(t);
            Write(u);
            Read(u);
        });
        Assert.Equal([(1, 2), (3, 4)], Ranges(t, u));
        Assert.Equal(t.Tensor.Bytes, Peak(t, u));
    }

    [Fact]
    public void What_only_some_iterations_write_lives_over_all_loops()
    {
        // 0 loop; 1 loop; 2 while; 3 write t; 4 move; 5 end; 6 read t; 7 end; 8 end
        var t = Tile("t");
        var first = _k.NewRegister();
        _k.Loop(0, 4, 1, _ => _k.Loop(0, 4, 1, _ =>
        {
            _k.While(first, () =>
            {
                Write(t);
                _k.Issue(new RegisterMove(first, 0));
            });
            Read(t);
        }));
        Assert.Equal([(0, 8)], Ranges(t));
    }

    [Fact]
    public void What_an_inner_loop_fills_lives_over_that()
    {
        // 0 loop; 1 write t; 2 loop; 3 write part of t; 4 end; 5 read t; 6 write u; 7 end
        var (t, u) = (Tile("t"), Tile("u"));
        _k.Loop(0, 4, 1, _ =>
        {
            Write(t);
            _k.Loop(0, 8, 1, i => _k.Issue(new Memset(t.At(i, dimension: 1), 1)));
            Read(t);
            Write(u);
        });
        Assert.Equal([(1, 5), (6, 6)], Ranges(t, u));
    }

    private TensorView Tile(string name) => _k.Sbuf(name, DType.Fp32, [1, 8]);

    private void Write(TensorView t) => _k.Issue(new Memset(t, 0));

    private void Read(TensorView t) => _k.Issue(new DmaCopy(_y, t));

    private (int First, int Last)[] Ranges(params TensorView[] tensors)
    {
        var ranges = new LiveRanges(_k.Build(), 0);
        return [.. tensors.Select(t => ranges[t.Tensor.Id])];
    }

    private long Peak(params TensorView[] tensors)
    {
        var program = _k.Build();
        var ranges = new LiveRanges(program, 0);
        return Enumerable.Range(0, program.Cores[0].Entries.Count)
            .Max(i => tensors.Where(t => ranges[t.Tensor.Id].First <= i && i <= ranges[t.Tensor.Id].Last).Sum(t => t.Tensor.Bytes));
    }
}
