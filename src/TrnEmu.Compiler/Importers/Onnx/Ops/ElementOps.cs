namespace TrnEmu.Compiler.Importers.Onnx.Ops;

/// <summary>Functions of each element of one or more tensors, broadcast as numpy does.</summary>
internal static class ElementOps
{
    private static readonly Dictionary<string, string> Functions = new()
    {
        ["Abs"] = "abs",
        ["Neg"] = "neg",
        ["Sign"] = "sign",
        ["Exp"] = "exp",
        ["Log"] = "log",
        ["Sqrt"] = "sqrt",
        ["Reciprocal"] = "reciprocal",
        ["Erf"] = "erf",
        ["Sin"] = "sin",
        ["Cos"] = "cos",
        ["Sinh"] = "sinh",
        ["Cosh"] = "cosh",
        ["Tanh"] = "tanh",
        ["Ceil"] = "ceil",
        ["Floor"] = "floor",
        ["Round"] = "round",
        ["Sigmoid"] = "sigmoid",
        ["Relu"] = "relu",
        ["Softplus"] = "softplus",
        ["Not"] = "not",
        ["Silu"] = "silu",
        ["Add"] = "add",
        ["Sub"] = "sub",
        ["Mul"] = "mul",
        ["Div"] = "div",
        ["Equal"] = "equal",
        ["Less"] = "less",
        ["LessOrEqual"] = "less_or_equal",
        ["Greater"] = "greater",
        ["GreaterOrEqual"] = "greater_or_equal",
        ["And"] = "and",
        ["Or"] = "or",
        ["Xor"] = "xor",
    };

    [OnnxOp("Abs")]
    [OnnxOp("Neg")]
    [OnnxOp("Sign")]
    [OnnxOp("Exp")]
    [OnnxOp("Log")]
    [OnnxOp("Sqrt")]
    [OnnxOp("Reciprocal")]
    [OnnxOp("Erf")]
    [OnnxOp("Sin")]
    [OnnxOp("Cos")]
    [OnnxOp("Sinh")]
    [OnnxOp("Cosh")]
    [OnnxOp("Tanh")]
    [OnnxOp("Ceil")]
    [OnnxOp("Floor")]
    [OnnxOp("Round")]
    [OnnxOp("Sigmoid")]
    [OnnxOp("Relu")]
    [OnnxOp("Softplus")]
    [OnnxOp("Silu")]
    [OnnxOp("Not")]
    private static void Unary(OnnxNode n) => n.Make(n.Emit.Unary(Functions[n.Op], n[0]));

    [OnnxOp("Add")]
    [OnnxOp("Sub")]
    [OnnxOp("Mul")]
    [OnnxOp("Div")]
    [OnnxOp("Equal")]
    [OnnxOp("Less")]
    [OnnxOp("LessOrEqual")]
    [OnnxOp("Greater")]
    [OnnxOp("GreaterOrEqual")]
    [OnnxOp("And")]
    [OnnxOp("Or")]
    [OnnxOp("Xor")]
    private static void Binary(OnnxNode n) => n.Make(n.Emit.Binary(Functions[n.Op], n[0], n[1]));

    /// <summary>Integers to the power of floats are rounded to fp32, then truncated: the type is the base's.</summary>
    [OnnxOp("Pow")]
    private static void Pow(OnnxNode n)
    {
        var (e, a, b) = (n.Emit, n[0], n[1]);
        if (a.Type.IsInteger() && b.Type.IsInteger()) b = e.AsTypeOf(b, a);
        n.Make(a.Type.IsInteger() && b.Type.IsFloat()
            ? e.AsTypeOf(e.Binary("pow", e.Wide(a), e.Wide(b)), a) : e.Binary("pow", a, b));
    }

    [OnnxOp("Mod")]
    private static void Mod(OnnxNode n) =>
        n.Make(n.Emit.Binary(n.Int("fmod", 0) != 0 ? "fmod" : "mod", n[0], n[1]));

    [OnnxOp("Max")]
    private static void Max(OnnxNode n) => n.Make(All(n, "max"));

    [OnnxOp("Min")]
    private static void Min(OnnxNode n) => n.Make(All(n, "min"));

    [OnnxOp("Sum")]
    private static void Sum(OnnxNode n) => n.Make(All(n, "add"));

    [OnnxOp("Mean")]
    private static void Mean(OnnxNode n) => n.Make(n.Emit.Scaled(All(n, "add"), 1.0 / n.All.Length));

    [OnnxOp("Where")]
    private static void Where(OnnxNode n) => n.Make(n.Emit.Where(n[0], n[1], n[2]));

    [OnnxOp("Clip")]
    private static void Clip(OnnxNode n)
    {
        var (e, x) = (n.Emit, n[0]);
        var isOld = n.Opset < 11;
        var low = isOld ? n.HasAttribute("min") ? e.Like(x, n.Number("min", 0)) : null : n.Find(1);
        var high = isOld ? n.HasAttribute("max") ? e.Like(x, n.Number("max", 0)) : null : n.Find(2);
        if (low is not null) x = e.Binary("max", x, low);
        if (high is not null) x = e.Binary("min", x, high);
        n.Make(x);
    }

    private static Value All(OnnxNode n, string function)
    {
        var sum = n[0];
        foreach (var x in n.All.Skip(1)) sum = n.Emit.Binary(function, sum, x);
        return sum;
    }
}
