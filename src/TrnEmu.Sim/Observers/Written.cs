using TrnEmu.Core.Memory;

namespace TrnEmu.Sim.Observers;

/// <summary>How bytes were written.</summary>
/// <param name="Tensor">Tensor through which they were written last.</param>
/// <param name="By">The entry that did, where pinned tensors take part; otherwise null, so that writes of a tensor are
/// equal.</param>
/// <param name="PinnedWriters">Pinned tensors through which they were ever written.</param>
internal sealed record Written(int Tensor, Place? By, EquatableArray<int> PinnedWriters);

/// <summary>An entry of a program.</summary>
/// <param name="Core">Its core.</param>
/// <param name="Index">Index among the core's entries.</param>
internal readonly record struct Place(int Core, int Index);
