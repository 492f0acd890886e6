namespace TrnEmu.Core.Numerics;

/// <summary>
/// ALU operators x op y (nki.language, "Supported Math Operators for NKI ISA"). Arithmetic ones work in fp32, bitwise
/// ones on the bits of integers, unary ones on x alone. Comparisons and logical operators give 1 or 0; a value is true
/// when it is not 0, so NaN is true.
/// </summary>
public enum AluOp : byte
{
    /// <summary>x</summary>
    Bypass,

    /// <summary>x + y</summary>
    Add,

    /// <summary>x - y</summary>
    Subtract,

    /// <summary>x y</summary>
    Multiply,

    /// <summary>x^y; on 32-bit integers exact, modulo 2^32.</summary>
    Power,

    /// <summary>The larger; NaN when one is NaN; +0 over -0.</summary>
    Maximum,

    /// <summary>The smaller; NaN when one is NaN; -0 under +0.</summary>
    Minimum,

    /// <summary>|x| &gt; |y| ? x : y</summary>
    AbsMax,

    /// <summary>|x| &lt; |y| ? x : y</summary>
    AbsMin,

    /// <summary>x = y</summary>
    Equal,

    /// <summary>x ≠ y; true when one is NaN.</summary>
    NotEqual,

    /// <summary>x ≥ y</summary>
    GreaterEqual,

    /// <summary>x &gt; y</summary>
    Greater,

    /// <summary>x ≤ y</summary>
    LessEqual,

    /// <summary>x &lt; y</summary>
    Less,

    /// <summary>Both are true.</summary>
    LogicalAnd,

    /// <summary>One or both are true.</summary>
    LogicalOr,

    /// <summary>One is true, the other not.</summary>
    LogicalXor,

    /// <summary>|x|</summary>
    Abs,

    /// <summary>x^2</summary>
    Square,

    /// <summary>max(x, 0)</summary>
    Relu,

    /// <summary>1 / sqrt(x)</summary>
    Rsqrt,

    /// <summary>1 / x</summary>
    Reciprocal,

    /// <summary>The bits set in both.</summary>
    BitwiseAnd,

    /// <summary>The bits set in one or both.</summary>
    BitwiseOr,

    /// <summary>The bits set in one alone.</summary>
    BitwiseXor,

    /// <summary>The bits not set in x.</summary>
    Invert,

    /// <summary>The bits of x moved up by y, zeros below; 0 from 32 on.</summary>
    LeftShift,

    /// <summary>The bits of x moved down by y, zeros above (no sign); 0 from 32 on.</summary>
    RightShift,
}
