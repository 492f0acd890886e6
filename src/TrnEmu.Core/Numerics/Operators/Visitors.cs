namespace TrnEmu.Core.Numerics.Operators;

/// <summary>What is done once a function's operator is known.</summary>
internal interface IUnaryVisitor
{
    void Visit<TOperator>()
        where TOperator : struct, IUnaryOperator;
}

/// <summary>What is done once an ALU operator's type is known.</summary>
internal interface IBinaryVisitor
{
    void Visit<TOperator>()
        where TOperator : struct, IBinaryOperator;
}
