namespace TrnEmu.Kernels.Reduce;

/// <summary>What one pass over a tensor does with its elements: y = after(before(x0) op before(x1) op …).</summary>
/// <param name="Op">add, multiply, maximum or minimum.</param>
/// <param name="Before">abs or square of an element, or bypass.</param>
/// <param name="Scale">Factor of the result, in fp32.</param>
/// <param name="IsRoot">Whether y is the square root.</param>
internal sealed record ReduceStage(
    AluOp Op, AluOp Before = AluOp.Bypass, double Scale = 1, bool IsRoot = false)
{
    /// <summary>The whole reduction of that name, over n elements each.</summary>
    public static ReduceStage Of(string function, double n) => function switch
    {
        "mean" => new(AluOp.Add, Scale: 1 / n),
        "max" => new(AluOp.Maximum),
        "min" => new(AluOp.Minimum),
        "prod" => new(AluOp.Multiply),
        "l1" => new(AluOp.Add, AluOp.Abs),
        "l2" => new(AluOp.Add, AluOp.Square, IsRoot: true),
        "sum_square" => new(AluOp.Add, AluOp.Square),
        _ => new(AluOp.Add),
    };

    /// <summary>The part of the reduction that a pass does, of which there may be several.</summary>
    public ReduceStage Part(bool isFirst, bool isLast) => new(
        Op, isFirst ? Before : AluOp.Bypass, isLast ? Scale : 1, isLast && IsRoot);

    /// <summary>
    /// Type in which elements of a dtype are combined: fp32, which holds 16-bit integers and compares them, else
    /// integers of 32 bits, which GpSimd computes exactly.
    /// </summary>
    public DType TypeOf(DType dtype) => dtype switch
    {
        DType.Int32 or DType.UInt32 => dtype,
        _ when dtype.IsFloat() || Op is AluOp.Maximum or AluOp.Minimum => DType.Fp32,
        _ => DType.Int32,
    };
}
