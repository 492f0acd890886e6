using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Graph;

/// <summary>
/// A node seen through the declaration of its operation: operands and attributes by the declaration's names. What shape
/// rules, the interpreter and lowerings read.
/// </summary>
public sealed class GraphCall
{
    private readonly Func<string, TensorType> _types;
    private readonly List<Diagnostic>? _findings;
    private readonly SourceSpan _span;

    internal GraphCall(
        GraphNode node, GraphOp op, Func<string, TensorType> types, List<Diagnostic>? findings = null,
        SourceSpan span = default) =>
        (Node, Op, _types, _findings, _span) = (node, op, types, findings, span);

    /// <summary>The node.</summary>
    public GraphNode Node { get; }

    /// <summary>The declaration of its operation.</summary>
    public GraphOp Op { get; }

    /// <summary>Type of an operand.</summary>
    public TensorType this[string operand] => _types(Tensor(operand)!);

    /// <summary>Name of the tensor that is the operand, or null when it is left out.</summary>
    public string? Tensor(string operand)
    {
        var index = Op.IndexOf(operand);
        return index < Node.Inputs.Count && Node.Inputs[index].Length > 0 ? Node.Inputs[index] : null;
    }

    /// <summary>True when the operand is given.</summary>
    public bool Has(string operand) => Tensor(operand) is not null;

    /// <summary>Names of the tensors that are the last operand, of which there may be any number.</summary>
    public IEnumerable<string> Tensors => Node.Inputs.Skip(Op.Operands.Count - 1);

    /// <summary>Types of <see cref="Tensors"/>.</summary>
    public IReadOnlyList<TensorType> Types => [.. Tensors.Select(_types)];

    /// <summary>An attribute that lists whole numbers, [1,-2]; null when it does not, which is reported.</summary>
    public int[]? Integers(string attribute)
    {
        var list = new GraphAttribute(attribute, Word(attribute)).Integers;
        Require(list is not null, $"{attribute} is {Word(attribute)}, expected whole numbers as [0,1]");
        return list;
    }

    /// <summary>An attribute as a word: the node's, else the operation's default.</summary>
    public string Word(string attribute)
    {
        foreach (var own in Node.Attributes)
        {
            if (own.Name == attribute) return own.Word;
        }

        return Op.Attributes.First(a => a.Name == attribute).Word;
    }

    /// <summary>An attribute as a number; 0 when it is none, which the checks report.</summary>
    public double Number(string attribute) => new GraphAttribute(attribute, Word(attribute)).Number ?? 0;

    /// <summary>An attribute that is a number, inf or -inf; NaN when it is none of them. Its default is a word, so that the
    /// checks let infinities pass.</summary>
    public double Extended(string attribute) => Word(attribute) switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        var word => new GraphAttribute(attribute, word).Number ?? double.NaN,
    };

    /// <summary>An attribute that counts something; 0 when it is no whole number from 1 on, which the checks
    /// report.</summary>
    public int Count(string attribute) =>
        Number(attribute) is var n && n >= 1 && n <= int.MaxValue && Math.Floor(n) == n ? (int)n : 0;

    /// <summary>An attribute that names an activation function.</summary>
    public ActivationFunction Function(string attribute) =>
        ActivationFunctions.TryParse(Word(attribute), out var function) ? function : ActivationFunction.Copy;

    /// <summary>Type of a result that has the attribute dtype: of that type where the node names one, else of the
    /// operand's.</summary>
    /// <returns>The type, or null when there is none of that name, which is reported.</returns>
    public TensorType? Result(TensorType type)
    {
        var name = Word("dtype");
        if (name == "same") return type;
        return Require(DTypes.TryParse(name, out var dtype) && dtype is DType.Fp32 or DType.Bf16 or DType.Fp16,
            $"dtype is {name}, expected same, fp32, bf16 or fp16")
            ? type with { DType = dtype }
            : null;
    }

    /// <summary>Checks that operands, where they are given, are floats: engines compute those operations in floats, which
    /// do not hold every integer.</summary>
    public bool RequireFloats(params ReadOnlySpan<string> operands)
    {
        var holds = true;
        foreach (var name in operands)
        {
            if (Has(name)) holds &= Require(this[name].DType.IsFloat(), $"{name} is {this[name]}, expected floats");
        }

        return holds;
    }

    /// <summary>Reports a broken rule of the operation, in words that state value and rule.</summary>
    /// <returns>True when the rule holds.</returns>
    public bool Require(bool holds, FormattableString problem)
    {
        if (!holds) _findings?.Add(
            Diagnostic.Error(GraphCodes.Operand, $"{Who}: {FormattableString.Invariant(problem)}", _span));
        return holds;
    }

    private string Who => Node.Source.Length > 0
        ? $"{string.Join(", ", Node.Outputs)} = {Node.Op} ({Node.Source})"
        : $"{string.Join(", ", Node.Outputs)} = {Node.Op}";
}
