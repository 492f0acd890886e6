namespace TrnEmu.Core.Numerics.Operators;

/// <summary>What is done once the type of an operator is known.</summary>
internal interface IBinaryVisitor
{
    void Visit<TOperator>()
        where TOperator : struct, IBinaryOperator;
}
