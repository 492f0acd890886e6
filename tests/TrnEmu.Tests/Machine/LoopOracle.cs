namespace TrnEmu.Tests.Machine;

/// <summary>What a random kernel with loops computes, by loops of C# over arrays.</summary>
internal sealed class LoopOracle
{
    private const long Most = 300;
    private readonly List<int> _registers = [];
    private long _iterations;

    /// <summary>int32 [rows, columns].</summary>
    public int[] Table { get; init; } = [];

    /// <summary>int32 [rows].</summary>
    public int[] Limits { get; init; } = [];

    /// <summary>The sum of rows.</summary>
    public int[] Sum { get; } = new int[LoopNode.Columns];

    /// <summary>Iterations of all loops; more than a test waits for are cut off.</summary>
    public bool IsTooLong => _iterations > Most;

    /// <summary>Executes statements.</summary>
    public void Run(LoopNode[] body)
    {
        foreach (var statement in body)
        {
            if (!IsTooLong) Run(statement);
        }
    }

    private void Run(LoopNode statement)
    {
        switch (statement)
        {
            case LoopNode.AddRow(var index):
                for (var c = 0; c < LoopNode.Columns; c++) Sum[c] += Table[At(index) * LoopNode.Columns + c];
                break;
            case LoopNode.StoreSum(var index):
                Sum.CopyTo(Table, At(index) * LoopNode.Columns);
                break;
            case LoopNode.Double(var from, var to):
                var doubled = Table.Skip(At(from) * LoopNode.Columns).Take(LoopNode.Columns).Select(x => unchecked(x + x));
                doubled.ToArray().CopyTo(Table, At(to) * LoopNode.Columns);
                break;
            case LoopNode.StoreRegister(var index, var depth):
                Limits[At(index)] = _registers[depth];
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
        var stop = loop.Limit < 0 ? ~loop.Limit : Limits[loop.Limit];
        for (var i = loop.Start; i < stop && _iterations++ < Most; i += loop.Step)
        {
            _registers.Add(i);
            Run(loop.Body);
            _registers.RemoveAt(_registers.Count - 1);
        }
    }

    private void While(LoopNode.While loop)
    {
        while (Limits[loop.Limit] != 0 && _iterations++ < Most)
        {
            _registers.Add(Limits[loop.Limit]);
            Run(loop.Body);
            _registers.RemoveAt(_registers.Count - 1);
            Limits[loop.Limit]--;
        }
    }

    /// <summary>A row; kernels that leave the table are cut off too.</summary>
    private int At(LoopNode.Place place)
    {
        var row = place.Depth < 0 ? place.Constant : _registers[place.Depth];
        if (row is >= 0 and < LoopNode.Rows) return row;
        _iterations = Most + 1;
        return 0;
    }
}
