using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Loops;

/// <summary>The operands of an operation whose results follow one another, or are folded, in order.</summary>
internal readonly ref struct InOrder(in Tile dst, in Tile a, in Tile b, in Operand operand0, Span<float> states)
{
    public readonly ref readonly Tile Dst = ref dst, A = ref a, B = ref b;
    public readonly ref readonly Operand Operand0 = ref operand0;
    public readonly Span<float> States = states;
}

/// <summary>What becomes of a state: dst is the state of a scan, of a cumulation, or is folded into it.</summary>
internal enum InOrderKind
{
    /// <summary>dst = state = (a op0 state) op1 b</summary>
    Scan,

    /// <summary>dst = state = (a op0 operand0) op1 state</summary>
    Cumulate,

    /// <summary>dst = a op0 operand0, state = state op1 dst</summary>
    Fold,
}

/// <summary>Knows op0, asks for op1.</summary>
internal readonly ref struct InOrderVisitor(InOrder operands, InOrderKind kind, AluOp op1,
    bool reverse1) : IBinaryVisitor
{
    private readonly InOrder _operands = operands;

    public void Visit<TOp0>()
        where TOp0 : struct, IBinaryOperator
    {
        var next = new InOrderVisitor<TOp0>(_operands, kind);
        op1.Visit(reverse1, ref next);
    }
}

/// <summary>Knows both operators, runs the loop.</summary>
internal readonly ref struct InOrderVisitor<TOp0>(InOrder operands, InOrderKind kind) : IBinaryVisitor
    where TOp0 : struct, IBinaryOperator
{
    private readonly InOrder _operands = operands;

    public void Visit<TOp1>()
        where TOp1 : struct, IBinaryOperator
    {
        switch (kind)
        {
            case InOrderKind.Scan: Run(default(ScanStep<TOp0, TOp1>)); break;
            case InOrderKind.Cumulate: Run(new CumulativeStep<TOp0, TOp1>(_operands.Operand0)); break;
            default: Run(new FoldStep<TOp0, TOp1>(_operands.Operand0)); break;
        }
    }

    private void Run<TStep>(TStep step)
        where TStep : struct, ILaneStep =>
        LaneLoop.Run(_operands.Dst, _operands.A, _operands.B, ref step, _operands.States);
}
