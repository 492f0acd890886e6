using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;

namespace TrnEmu.Eager;

/// <summary>
/// Where indices moved the patterns of each operation each time it was executed, so that races between cores are
/// judged by the bytes that were touched and not by all that could have been.
/// </summary>
internal sealed class NotedAddresses
{
    private readonly Dictionary<Operation, Queue<Times>> _times = new(ReferenceEqualityComparer.Instance);
    private readonly EffectSink _effects = new();

    /// <summary>Notes the addresses of an operation that is executed next.</summary>
    public void Note(Operation operation, CoreState state)
    {
        _effects.Clear();
        operation.Effects(_effects);
        Times? times = null;
        foreach (ref readonly var effect in _effects.Memory)
        {
            if (effect.Pattern.IsDynamic) (times ??= new Times()).Add(effect.Pattern, state);
        }

        if (times is null) return;
        if (!_times.TryGetValue(operation, out var queue)) _times.Add(operation, queue = new());
        queue.Enqueue(times);
    }

    /// <summary>
    /// Those of the operation's next execution; null where it has no dynamic address, or a pass has replaced it.
    /// </summary>
    public IDisplacements? Next(Operation operation) =>
        _times.TryGetValue(operation, out var queue) && queue.TryDequeue(out var times) ? times : null;

    /// <summary>The addresses of one execution.</summary>
    private sealed class Times : IDisplacements
    {
        private readonly List<(AccessPattern Pattern, long[] Displacements)> _patterns = [];

        /// <summary>Notes a dynamic pattern.</summary>
        public void Add(in AccessPattern p, CoreState state)
        {
            var displacements = new long[p.Dynamic.Kind == OffsetKind.Vector ? p.Partitions
                : p.IsIndirect ? checked((int)(p.Partitions / p.Dynamic.Group * p.Free)) : 1];
            for (var i = 0; i < displacements.Length; i++)
            {
                displacements[i] = p.IsIndirect
                    ? state.Displacement(p, (int)(i / p.Free) * p.Dynamic.Group, (int)(i % p.Free)) : state.Displacement(p, i);
            }

            _patterns.Add((p, displacements));
        }

        /// <inheritdoc/>
        public long Displacement(in AccessPattern pattern, int partition) =>
            Of(pattern)[pattern.Dynamic.Kind == OffsetKind.Vector ? partition : 0];

        /// <inheritdoc/>
        public long Displacement(in AccessPattern pattern, int partition, int element) =>
            Of(pattern)[partition / pattern.Dynamic.Group * pattern.Free + element];

        private long[] Of(AccessPattern pattern) => _patterns.Find(p => p.Pattern == pattern).Displacements;
    }
}
