using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Passes.Spilling;

/// <summary>A tensor that is moved to HBM and back.</summary>
/// <param name="Tensor">The tensor.</param>
/// <param name="Stores">How often it is stored.</param>
/// <param name="Loads">How often it is loaded again.</param>
/// <param name="NeededBy">The lines that needed its room.</param>
internal sealed record Spill(Tensor Tensor, int Stores, int Loads, IReadOnlyList<SourceSpan> NeededBy);
