using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Loops;

/// <summary>Runs an activation once its function is known.</summary>
internal readonly ref struct ActivateVisitor(in Tile dst, in Tile src, in Affine input) : IBinaryVisitor
{
    private readonly ref readonly Tile _dst = ref dst, _src = ref src;
    private readonly ref readonly Affine _input = ref input;

    public void Visit<TOperator>()
        where TOperator : struct, IBinaryOperator
    {
        if (_input.IsFused) Run<TOperator, RoundOnce>();
        else Run<TOperator, RoundEach>();
    }

    private void Run<TOperator, TRounding>()
        where TOperator : struct, IBinaryOperator
        where TRounding : struct, IRounding
    {
        var f = new Activate<TOperator, TRounding>(_input);
        MapLoop.Run(_dst, _src, ref f);
    }
}

/// <summary>Knows an activation that is folded into states by an operator, asks for its function.</summary>
internal readonly ref struct ActivateFoldVisitor(in Tile dst, in Tile src, ActivationFunction f, in Affine input, Span<float> states)
    : IBinaryVisitor
{
    private readonly ref readonly Tile _dst = ref dst, _src = ref src;
    private readonly ref readonly Affine _input = ref input;
    private readonly Span<float> _states = states;

    public void Visit<TReduce>()
        where TReduce : struct, IBinaryOperator
    {
        var next = new ActivateFoldVisitor<TReduce>(_dst, _src, _input, _states);
        f.Visit(ref next);
    }
}

/// <summary>Knows both, runs the loop.</summary>
internal readonly ref struct ActivateFoldVisitor<TReduce>(in Tile dst, in Tile src, in Affine input, Span<float> states) : IBinaryVisitor
    where TReduce : struct, IBinaryOperator
{
    private readonly ref readonly Tile _dst = ref dst, _src = ref src;
    private readonly ref readonly Affine _input = ref input;
    private readonly Span<float> _states = states;

    public void Visit<TOperator>()
        where TOperator : struct, IBinaryOperator
    {
        if (_input.IsFused) Run(new ActivateStep<TOperator, RoundOnce, TReduce>(_input));
        else Run(new ActivateStep<TOperator, RoundEach, TReduce>(_input));
    }

    private void Run<TStep>(TStep step)
        where TStep : struct, ILaneStep => LaneLoop.Run(_dst, _src, _src, ref step, _states);
}
