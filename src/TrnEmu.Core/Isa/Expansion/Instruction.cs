using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Expansion;

/// <summary>What one engine executes at once: a part of an operation, with the work that decides its time.</summary>
/// <param name="Class">What it does.</param>
/// <param name="Items">Elements per partition that stream through (columns, for the Tensor engine).</param>
/// <param name="DType">The widest type among its inputs.</param>
/// <param name="Traits">Circumstances that change the price.</param>
/// <param name="Table">Activation table set that must be loaded; 0 for none.</param>
/// <param name="Rows">Partitions (contraction rows, for the Tensor engine).</param>
/// <param name="Banks">PSUM banks that its operation touches, bit b for banks b, b + 8, ….</param>
/// <param name="Cells">
/// Tensor: the parts of the array it takes, bit 4 r + c for rows 32 r on and columns 32 c on; 0 for all of it.
/// </param>
/// <param name="MisalignedRows">Tensor: moving rows of 2-byte elements that start on an odd element.</param>
public readonly record struct Instruction(
    CostClass Class, int Items, DType DType, InstructionTraits Traits = InstructionTraits.None, byte Table = 0,
    int Rows = 128, byte Banks = 0, ushort Cells = 0, ushort MisalignedRows = 0)
{
    private const int DTypeShift = 8, TraitsShift = 16, TableShift = 32, BanksShift = 40, MisalignedShift = 16;

    /// <summary>
    /// All but the sizes and the parts of the array as one number of 48 bits, by which millions of instructions are
    /// told apart.
    /// </summary>
    public ulong Kind { get; private init; } =
        (ulong)Class | ((ulong)DType << DTypeShift) | ((ulong)Traits << TraitsShift) | ((ulong)Table << TableShift)
        | ((ulong)Banks << BanksShift);

    /// <summary><see cref="Cells"/> and <see cref="MisalignedRows"/> as one number.</summary>
    public uint Array { get; } = Cells | ((uint)MisalignedRows << MisalignedShift);

    /// <summary>What it does.</summary>
    public CostClass Class => (CostClass)(byte)Kind;

    /// <summary>The widest type among its inputs.</summary>
    public DType DType => (DType)(byte)(Kind >> DTypeShift);

    /// <summary>Circumstances that change the price.</summary>
    public InstructionTraits Traits => (InstructionTraits)(ushort)(Kind >> TraitsShift);

    /// <summary>Activation table set that must be loaded; 0 for none.</summary>
    public byte Table => (byte)(Kind >> TableShift);

    /// <summary>PSUM banks that its operation touches.</summary>
    public byte Banks => (byte)(Kind >> BanksShift);

    /// <summary>Tensor: the parts of the array it takes.</summary>
    public ushort Cells => (ushort)Array;

    /// <summary>Tensor: moving rows that start on an odd element.</summary>
    public ushort MisalignedRows => (ushort)(Array >> MisalignedShift);

    /// <summary>The instruction touching further banks.</summary>
    public Instruction In(byte banks) => this with { Kind = Kind | ((ulong)banks << BanksShift) };
}

/// <summary>Circumstances that change the price of an instruction.</summary>
[Flags]
public enum InstructionTraits : ushort
{
    /// <summary>None of these.</summary>
    None = 0,

    /// <summary>Some source lies in PSUM.</summary>
    SourcePsum = 1,

    /// <summary>The destination lies in PSUM.</summary>
    DestinationPsum = 2,

    /// <summary>Every input and output has 2-byte (or smaller) elements.</summary>
    Narrow = 4,

    /// <summary>Some pattern is not contiguous in the free dimension.</summary>
    Strided = 8,

    /// <summary>Some innermost stride is over 16 bytes.</summary>
    WideStride = 16,

    /// <summary>Some operand lies in SBUF.</summary>
    Sbuf = 32,

    /// <summary>Tensor: the inputs are fp32 and are multiplied in several passes.</summary>
    MultiPass = 64,

    /// <summary>Every float input and output is bf16 or fp16.</summary>
    HalfFloat = 128,

    /// <summary>Tensor: two rows of fp8 enter each row of the array.</summary>
    DoubleRow = 256,

    /// <summary>Tensor: four rows of packed elements enter each row of the array.</summary>
    QuadRow = 512,

    /// <summary>Some operand's address comes from a register or a tensor.</summary>
    Dynamic = 1024,
}
