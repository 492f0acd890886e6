using System.Runtime.CompilerServices;

namespace TrnEmu.Kernels.Elementwise;

/// <summary>A tile whose operands are in SBUF; [P, F] or, where an operand repeats, as many elements in more
/// dimensions.</summary>
/// <param name="K">Where operations are recorded.</param>
/// <param name="Result">[P, F], to be written.</param>
/// <param name="Operands">The operands in order.</param>
internal sealed record ElementTile(KernelBuilder K, TensorView Result, TensorView[] Operands)
{
    /// <summary>The only or first operand.</summary>
    public TensorView X => Operands[0];

    /// <summary>A tensor for intermediate values, [P, F].</summary>
    public TensorView New(
        string name, DType dtype = DType.Fp32, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        K.Sbuf(name, dtype, Result.Shape, file: file, line: line);

    /// <summary>One number as [P, F]; a column that repeats.</summary>
    public TensorView Number(
        string name, DType dtype, double value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var column = K.Sbuf(name, dtype, [Result.Shape[0], 1], file: file, line: line);
        K.Issue(new Memset(column, value), file: file, line: line);
        return column.Broadcast(1, Result.Shape[1], file, line);
    }

    /// <summary>Records dst = f(x) on Scalar.</summary>
    public void Activate(
        TensorView dst, ActivationFunction f, TensorView x, double scale = 1,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        K.Issue(new Activation(dst, f, x, Scale: scale == 1 ? null : scale), file: file, line: line);

    /// <summary>Records dst = a op b; 32-bit integers throughout exactly, on GpSimd.</summary>
    public void Pair(
        TensorView dst, TensorView a, AluOp op, TensorView b,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        K.Issue(new TensorTensor(dst, a, b, op), file: file, line: line);

    /// <summary>Records dst = (x op0 operand0) op1 operand1 in fp32, each rounded.</summary>
    public void Scalar(
        TensorView dst, TensorView x, AluOp op0, double operand0 = 0, AluOp? op1 = null, double operand1 = 0,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        K.Issue(
            new TensorScalar(dst, x, op0, operand0, Op1: op1, Operand1: op1 is null ? null : operand1),
            file: file, line: line);

    /// <summary>Records dst = (x op0 operand0) op1 y in fp32, each rounded.</summary>
    public void Fused(
        TensorView dst, TensorView x, AluOp op0, double operand0, AluOp op1, TensorView y,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        K.Issue(new ScalarTensorTensor(dst, x, op0, operand0, op1, y), file: file, line: line);

    /// <summary>Records dst = src where the predicate holds.</summary>
    public void Choose(
        TensorView dst, TensorView predicate, ScalarOperand src,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        K.Issue(new TensorCopyPredicated(dst, src, predicate), file: file, line: line);

    /// <summary>Records dst = src.</summary>
    public void Copy(
        TensorView dst, TensorView src, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        K.Issue(new TensorCopy(dst, src), file: file, line: line);
}
