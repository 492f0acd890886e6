namespace TrnEmu.Core.Numerics.Accelerated;

/// <summary>64-bit registers that emitted code uses, by their numbers in the encoding.</summary>
internal enum GeneralRegister : byte
{
    /// <summary>Scratch.</summary>
    Rax = 0,

    /// <summary>Fourth argument of the System V calling convention.</summary>
    Rcx = 1,

    /// <summary>Third argument.</summary>
    Rdx = 2,

    /// <summary>Second argument.</summary>
    Rsi = 6,

    /// <summary>First argument.</summary>
    Rdi = 7,

    /// <summary>Fifth argument.</summary>
    R8 = 8,

    /// <summary>Sixth argument.</summary>
    R9 = 9,
}
