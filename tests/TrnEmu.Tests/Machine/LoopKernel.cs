using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Machine;

/// <summary>Records a random kernel with loops on the device.</summary>
internal sealed class LoopKernel
{
    private readonly KernelBuilder _k;
    private readonly TensorView _table;
    private readonly TensorView _limits;
    private readonly TensorView _sum;
    private readonly List<Register> _registers = [];

    private LoopKernel(Chip chip)
    {
        _k = new KernelBuilder(chip);
        var content = new TensorContent(ContentKind.Zeros);
        _table = _k.InOut("table", DType.Int32, [LoopNode.Rows, LoopNode.Columns], content);
        _limits = _k.InOut("limits", DType.Int32, [LoopNode.Rows, 1], content);
        _sum = _k.Sbuf("sum", DType.Int32, [1, LoopNode.Columns]);
    }

    /// <summary>The trace; at its end the sum is the output "total".</summary>
    public static Program Trace(Chip chip, LoopNode[] body)
    {
        var kernel = new LoopKernel(chip);
        kernel._k.Issue(new Memset(kernel._sum, 0));
        kernel.Record(body);
        kernel._k.Issue(new DmaCopy(kernel._k.Output("total", DType.Int32, [1, LoopNode.Columns]), kernel._sum));
        return kernel._k.Build();
    }

    private void Record(LoopNode[] body)
    {
        foreach (var statement in body) Record(statement);
    }

    private void Record(LoopNode statement)
    {
        switch (statement)
        {
            case LoopNode.AddRow(var index):
                var row = _k.Sbuf("row", DType.Int32, [1, LoopNode.Columns]);
                _k.Issue(new DmaCopy(row, At(_table, index)));
                _k.Issue(new TensorTensor(_sum, _sum, row, AluOp.Add));
                break;
            case LoopNode.StoreSum(var index):
                _k.Issue(new DmaCopy(At(_table, index), _sum));
                break;
            case LoopNode.Double(var from, var to):
                var (half, whole) = (_k.Sbuf("half", DType.Int32, [1, LoopNode.Columns]), _k.Sbuf("whole", DType.Int32, [1, LoopNode.Columns]));
                _k.Issue(new DmaCopy(half, At(_table, from)));
                _k.Issue(new TensorTensor(whole, half, half, AluOp.Add));
                _k.Issue(new DmaCopy(At(_table, to), whole));
                break;
            case LoopNode.StoreRegister(var index, var depth):
                _k.Issue(new RegisterStore(At(_limits, index), _registers[depth]));
                break;
            case LoopNode.For loop:
                For(loop);
                break;
            case LoopNode.While loop:
                While(loop);
                break;
        }
    }

    private void For(LoopNode.For loop)
    {
        IntegerOperand stop = ~loop.Limit;
        if (loop.Limit >= 0) stop = Load(loop.Limit);
        _k.Loop(loop.Start, stop, loop.Step, i =>
        {
            _registers.Add(i);
            Record(loop.Body);
            _registers.RemoveAt(_registers.Count - 1);
            if (loop.Overwrites) _k.Issue(new RegisterMove(i, -7));
            if (loop.Overwrites && stop.Register is { } bound) _k.Issue(new RegisterMove(bound, 100));
        });
    }

    private void While(LoopNode.While loop)
    {
        var condition = Load(loop.Limit);
        _k.While(condition, () =>
        {
            _registers.Add(condition);
            Record(loop.Body);
            _registers.RemoveAt(_registers.Count - 1);
            var left = _k.Sbuf("left", DType.Int32, [1, 1]);
            _k.Issue(new DmaCopy(left, _limits[loop.Limit..(loop.Limit + 1)]));
            _k.Issue(new TensorScalar(left, left, AluOp.Subtract, 1f));
            _k.Issue(new DmaCopy(_limits[loop.Limit..(loop.Limit + 1)], left));
            _k.Issue(new RegisterLoad(condition, left));
        });
    }

    private Register Load(int limit)
    {
        var register = _k.NewRegister();
        _k.Issue(new RegisterLoad(register, _limits[limit..(limit + 1)]));
        return register;
    }

    private TensorView At(TensorView rows, LoopNode.Place row) => row.Depth < 0
        ? rows[row.Constant..(row.Constant + 1)] : rows.At(_registers[row.Depth], dimension: 0, count: 1);
}
