using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu;

/// <summary>A compiled program and the values of its constants.</summary>
/// <param name="Program">The program.</param>
/// <param name="Constant">The bytes of a constant whose content is in a file.</param>
public sealed record Compilation(Program Program, Func<Tensor, byte[]> Constant);
