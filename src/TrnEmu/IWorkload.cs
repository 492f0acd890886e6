using TrnEmu.Compiler.Kernels;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu;

/// <summary>Something that can be compiled and run: a kernel, a program in text form.</summary>
internal interface IWorkload
{
    /// <summary>The chip that it asks for when the user names none.</summary>
    string DefaultChip { get; }

    /// <summary>The program before the passes, or as it was written when it is compiled already.</summary>
    Program Trace(Chip chip);

    /// <summary>The bytes of a constant of the program.</summary>
    byte[] Constant(Tensor tensor);

    /// <summary>True when the passes have run.</summary>
    bool IsCompiled { get; }

    /// <summary>Type whose rounding bounds the error against the reference.</summary>
    DType DType { get; }

    /// <summary>How often a value is rounded to that type on its way to an output.</summary>
    int Roundings => 1;

    /// <summary>Writes the outputs in fp64; null when there is no reference.</summary>
    Action<ReferenceData>? Reference { get; }

    /// <summary>Multiply-adds that the task needs; null when nobody said.</summary>
    long? UsefulMacs { get; }
}
