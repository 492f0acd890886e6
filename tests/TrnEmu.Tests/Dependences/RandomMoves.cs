using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;

namespace TrnEmu.Tests.Dependences;

/// <summary>Programs some of whose patterns indices move, and the indices.</summary>
internal static class RandomMoves
{
    private const int IndexTensor = 4;

    /// <summary>The program with dynamic addresses here and there.</summary>
    public static Program In(Program program, Random random) => RandomProgram.WithEntries(
        program, 0, program.Cores[0].Entries.Select(e => e with { Operation = Moved(e.Operation, random) }));

    private static Operation Moved(Operation operation, Random random) => operation switch
    {
        Touch touch => touch with { Memory = Moved(touch.Memory, random) },
        TouchDma touch => touch with { Memory = Moved(touch.Memory, random) },
        _ => operation,
    };

    private static EquatableArray<MemoryEffect> Moved(EquatableArray<MemoryEffect> effects, Random random) =>
        [.. effects.Select(e => random.Next(3) > 0 ? e : new MemoryEffect(Moved(e.Pattern, (OffsetKind)random.Next(1, 5)), e.Kind))];

    private static AccessPattern Moved(AccessPattern pattern, OffsetKind kind) => pattern with
    {
        Dynamic = new DynamicOffset(kind, kind == OffsetKind.Register ? 1 : IndexTensor, 0, 0, 1, kind == OffsetKind.Indirect ? 1 : 0),
    };

    /// <summary>Where indices move patterns: a little, and so that few leave their tensors.</summary>
    public sealed class Displacements(int seed) : IDisplacements
    {
        public long Displacement(in AccessPattern pattern, int partition) => Of(pattern, partition, 0);

        public long Displacement(in AccessPattern pattern, int partition, int element) => Of(pattern, partition, element);

        private long Of(in AccessPattern pattern, int partition, int element) =>
            new Random(seed + (int)pattern.Offset + 31 * partition + 977 * element).Next(-2, 12);
    }
}
