using System.Runtime.InteropServices;
using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Machine;

/// <summary>
/// A random program of two cores, and beside it plain arrays that say what it computes. In each phase a core adds a
/// constant to its tile, perhaps swaps tiles with the other, or writes it to its own rows of a shared tensor, meets the
/// other at a barrier, and reads the other's rows back.
/// </summary>
internal sealed class TwoCorePhases(Random random)
{
    private readonly int _rows = random.Next(1, 9);
    private readonly int _columns = random.Next(1, 20);
    private readonly int[] _kinds = [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => random.Next(3))];
    private readonly int _seed = random.Next();

    public Program Record(KernelBuilder k)
    {
        var x = k.Input("x", DType.Int32, [2, _rows, _columns]);
        var y = k.Output("y", DType.Int32, [2, _rows, _columns]);
        var shared = k.Hbm("shared", DType.Int32, [2, _rows, _columns]);
        k.EachCore(2, core =>
        {
            var tile = k.Sbuf("tile", DType.Int32, [_rows, _columns]);
            k.Issue(new DmaCopy(tile, x[core]));
            for (var phase = 0; phase < _kinds.Length; phase++)
            {
                var next = k.Sbuf("next", DType.Int32, [_rows, _columns]);
                Emit(k, core, phase, tile, next, shared);
                tile = next;
            }

            k.Issue(new DmaCopy(y[core], tile));
        });
        return k.Build();
    }

    public void Fill(Binding binding, Program program)
    {
        var x = Words(binding, program, "x");
        var noise = new Random(_seed);
        for (var i = 0; i < x.Length; i++) x[i] = noise.Next(1000);
    }

    public void Check(Binding binding, Program program)
    {
        var half = _rows * _columns;
        int[][] tiles = [.. Enumerable.Range(0, 2).Select(c => Words(binding, program, "x").Slice(c * half, half).ToArray())];
        for (var phase = 0; phase < _kinds.Length; phase++)
        {
            var added = new[] { Plus(tiles[0], 0, phase), Plus(tiles[1], 1, phase) };
            tiles = _kinds[phase] == 0 ? added : [added[1], added[0]];
        }

        Assert.Equal(tiles.SelectMany(t => t), Words(binding, program, "y").ToArray());
    }

    private void Emit(KernelBuilder k, int core, int phase, TensorView tile, TensorView next, TensorView shared)
    {
        if (_kinds[phase] == 0)
        {
            k.Issue(new TensorScalar(next, tile, AluOp.Add, Constant(core, phase)));
            return;
        }

        var sum = k.Sbuf("sum", DType.Int32, [_rows, _columns]);
        k.Issue(new TensorScalar(sum, tile, AluOp.Add, Constant(core, phase)));
        if (_kinds[phase] == 1)
        {
            k.Issue(new SendRecv(sum, next, 1 - core, 1 - core, PipeId: phase % 2));
            return;
        }

        k.Issue(new DmaCopy(shared[core], sum));
        k.Issue(new CoreBarrier(shared, [0, 1]));
        k.Issue(new DmaCopy(next, shared[1 - core]));

        // What is written next must not come before the other core has read.
        k.Issue(new CoreBarrier(shared, [0, 1]));
    }

    private static int Constant(int core, int phase) => 10 * phase + core + 1;

    private static int[] Plus(int[] tile, int core, int phase) => [.. tile.Select(t => t + Constant(core, phase))];

    private static Span<int> Words(Binding binding, Program program, string name)
    {
        var tensor = program.Tensors.Single(t => t.Name == name);
        return MemoryMarshal.Cast<byte, int>(binding[tensor.Id].Block.Span(binding[tensor.Id].Offset, (int)tensor.Bytes));
    }
}
