using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Isa;

/// <summary>A loop whose body is recorded: its operations, and what tensors held before it.</summary>
/// <param name="begin">What began it.</param>
internal sealed class AccumulationLoop(Operation begin)
{
    private readonly Dictionary<int, PsumSums?> _before = [];

    /// <summary>What began it.</summary>
    public Operation Begin { get; } = begin;

    /// <summary>Its operations as recorded and as the first iteration resolves them, nested loops among them.</summary>
    public List<(Operation Operation, Operation First)> Body { get; } = [];

    /// <summary>Tensors that it makes.</summary>
    public List<int> Made { get; } = [];

    /// <summary>Keeps what a tensor holds before the body changes it for the first time.</summary>
    public void Remember(int tensor, IReadOnlyDictionary<int, PsumSums> now)
    {
        if (!_before.ContainsKey(tensor)) _before.Add(tensor, now.GetValueOrDefault(tensor)?.Clone());
    }

    /// <summary>Behind a loop that may not run holds what its body has left, or what was before.</summary>
    public void MergeInto(IReadOnlyDictionary<int, PsumSums> now, IReadOnlyList<Tensor> tensors)
    {
        if (Begin is Loop { IsStatic: true } loop && loop.Start.Value < loop.Stop.Value) return;
        foreach (var (tensor, before) in _before)
        {
            if (now.TryGetValue(tensor, out var after)) after.Merge(before ?? new PsumSums(tensors[tensor]));
        }
    }
}
