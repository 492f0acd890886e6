using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Loops;

/// <summary>Runs x op y once op is known.</summary>
internal readonly ref struct PairVisitor(in Tile dst, in Tile a, in Tile b) : IBinaryVisitor
{
    private readonly ref readonly Tile _dst = ref dst, _a = ref a, _b = ref b;

    public void Visit<TOperator>()
        where TOperator : struct, IBinaryOperator
    {
        var f = default(Pair<TOperator>);
        MapLoop.Run(_dst, _a, _b, ref f);
    }
}

/// <summary>The operands of (x op0 s0) op1 s1 or, where <see cref="HasTile"/>, (x op0 s0) op1 y.</summary>
internal readonly ref struct Chain(
    in Tile dst, in Tile src, in Operand operand0, in Operand operand1, in Tile tile, bool hasTile)
{
    public readonly ref readonly Tile Dst = ref dst, Src = ref src, Tile = ref tile;
    public readonly ref readonly Operand Operand0 = ref operand0, Operand1 = ref operand1;
    public readonly bool HasTile = hasTile;
}

/// <summary>Knows op0, asks for op1.</summary>
internal readonly ref struct ChainVisitor(Chain chain, AluOp op1, bool reverse1) : IBinaryVisitor
{
    private readonly Chain _chain = chain;

    public void Visit<TOp0>()
        where TOp0 : struct, IBinaryOperator
    {
        var next = new ChainVisitor<TOp0>(_chain);
        op1.Visit(reverse1, ref next);
    }
}

/// <summary>Knows both operators, runs the loop.</summary>
internal readonly ref struct ChainVisitor<TOp0>(Chain chain) : IBinaryVisitor
    where TOp0 : struct, IBinaryOperator
{
    private readonly Chain _chain = chain;

    public void Visit<TOp1>()
        where TOp1 : struct, IBinaryOperator
    {
        if (_chain.HasTile)
        {
            var f = new ScalarThenPair<TOp0, TOp1>(_chain.Operand0);
            MapLoop.Run(_chain.Dst, _chain.Src, _chain.Tile, ref f);
        }
        else
        {
            var f = new TwoScalars<TOp0, TOp1>(_chain.Operand0, _chain.Operand1);
            MapLoop.Run(_chain.Dst, _chain.Src, ref f);
        }
    }
}
