using System.Runtime.CompilerServices;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Expansion;

/// <summary>
/// What one engine executes at once: a part of an operation, with the work that decides its time. Two words, by which
/// millions of instructions are told apart.
/// </summary>
public readonly record struct Instruction
{
    private const int DTypeShift = 8, TraitsShift = 16, TableShift = 32, BanksShift = 40, RowsShift = 48;
    private const int CellsShift = 32, MisalignedShift = 48;

    /// <summary>What it is, from its class to its rows, without gaps.</summary>
    private readonly ulong _kind;

    /// <summary>Items, parts of the array and misaligned rows.</summary>
    private readonly ulong _size;

    /// <summary>An instruction.</summary>
    /// <param name="Class">What it does.</param>
    /// <param name="Items">Elements per partition that stream through (columns, for the Tensor engine).</param>
    /// <param name="DType">The widest type among its inputs.</param>
    /// <param name="Traits">Circumstances that change the price.</param>
    /// <param name="Table">Activation table set that must be loaded; 0 for none.</param>
    /// <param name="Rows">Partitions (contraction rows, for the Tensor engine); at most 65535.</param>
    /// <param name="Banks">PSUM banks that its operation touches, bit b for banks b, b + 8, ….</param>
    /// <param name="Cells">
    /// Tensor: the parts of the array it takes, bit 4 r + c for rows 32 r on and columns 32 c on; 0 for all of it.
    /// </param>
    /// <param name="MisalignedRows">Tensor: moving rows of 2-byte elements that start on an odd element.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Instruction(
        CostClass Class, int Items, DType DType, InstructionTraits Traits = InstructionTraits.None, byte Table = 0,
        int Rows = 128, byte Banks = 0, ushort Cells = 0, ushort MisalignedRows = 0)
        : this(
            (ulong)Class | ((ulong)DType << DTypeShift) | ((ulong)Traits << TraitsShift) | ((ulong)Table << TableShift)
            | ((ulong)Banks << BanksShift) | ((ulong)(ushort)Rows << RowsShift),
            (uint)Items | ((ulong)Cells << CellsShift) | ((ulong)MisalignedRows << MisalignedShift))
    {
    }

    private Instruction(ulong kind, ulong size) => (_kind, _size) = (kind, size);

    /// <summary>What it does.</summary>
    public CostClass Class => (CostClass)(byte)_kind;

    /// <summary>Elements per partition that stream through.</summary>
    public int Items => (int)_size;

    /// <summary>The widest type among its inputs.</summary>
    public DType DType => (DType)(byte)(_kind >> DTypeShift);

    /// <summary>Circumstances that change the price.</summary>
    public InstructionTraits Traits => (InstructionTraits)(ushort)(_kind >> TraitsShift);

    /// <summary>Activation table set that must be loaded; 0 for none.</summary>
    public byte Table => (byte)(_kind >> TableShift);

    /// <summary>Partitions, or contraction rows.</summary>
    public int Rows => (ushort)(_kind >> RowsShift);

    /// <summary>PSUM banks that its operation touches.</summary>
    public byte Banks => (byte)(_kind >> BanksShift);

    /// <summary>Tensor: the parts of the array it takes.</summary>
    public ushort Cells => (ushort)(_size >> CellsShift);

    /// <summary>Tensor: moving rows that start on an odd element.</summary>
    public ushort MisalignedRows => (ushort)(_size >> MisalignedShift);

    /// <summary>The instruction touching further banks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Instruction In(byte banks) => new(_kind | ((ulong)banks << BanksShift), _size);

    /// <summary>
    /// All that it says, mixed: unlike for most that differ. The higher bits tell more, since bits of a product depend on
    /// those below them only.
    /// </summary>
    public ulong Mixed
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (_kind ^ (_kind >> 32)) * 0x9E3779B97F4A7C15 + (_size ^ (_size >> 32)) * 0xC2B2AE3D27D4EB4F;
    }
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
