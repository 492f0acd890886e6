using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;

namespace TrnEmu.Compiler.Passes;

/// <summary>One step from a trace to a program that the machine runs.</summary>
/// <param name="Name">The name that <c>--dump-after</c> takes.</param>
/// <param name="Run">The program after the step; the one before is unchanged.</param>
public sealed record Pass(string Name, Func<Program, Chip, CompileOptions, Program> Run);
