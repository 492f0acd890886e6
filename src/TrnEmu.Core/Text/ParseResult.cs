using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;

namespace TrnEmu.Core.Text;

/// <summary>What reading a text gave.</summary>
/// <param name="Program">The program, or null when there was an error.</param>
/// <param name="Diagnostics">Every finding, in the order of the lines; at most one for each line.</param>
public sealed record ParseResult(Program? Program, IReadOnlyList<Diagnostic> Diagnostics);
