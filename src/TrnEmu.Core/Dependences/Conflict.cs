using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Dependences;

/// <summary>An earlier step that must have completed before a later one starts, and is not known to have.</summary>
/// <param name="Earlier">The earlier step.</param>
/// <param name="Effect">Index among the later step's memory effects; -1 for engine state.</param>
/// <param name="Part">Bytes and partitions that both touch; default for engine state.</param>
/// <param name="EarlierWrote">The earlier one wrote; otherwise it read.</param>
public readonly record struct Conflict(Step Earlier, int Effect, AccessRange Part, bool EarlierWrote);
