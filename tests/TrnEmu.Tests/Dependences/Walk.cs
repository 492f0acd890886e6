using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Memory;
using TrnEmu.Tests.Memory;

namespace TrnEmu.Tests.Dependences;

/// <summary>The entries of a program whose cores run one after another, with what each touches, byte by byte.</summary>
internal static class Walk
{
    public static Visit[] Of(Program program) =>
    [
        .. program.Cores.SelectMany((core, c) => core.Entries.Select(
            (entry, i) => new Visit(c, i, entry, Touches(program, c, entry)))),
    ];

    private static Touched[] Touches(Program program, int core, Entry entry)
    {
        var sink = new EffectSink();
        entry.Operation.Effects(sink);
        var touched = new List<Touched>();
        foreach (var effect in sink.Memory)
        {
            var tensor = program.TensorOf(effect.Pattern);
            var memory = tensor.Address is null ? $"tensor {tensor.Id}" : $"{tensor.Core} {tensor.Space}";
            foreach (var (p, b) in PatternBytes.Of(effect.Pattern, tensor))
                touched.Add(new Touched($"{memory} {p} {b}", effect.Kind, IsState: false));
        }

        foreach (var state in sink.State)
        {
            var kind = state.IsWrite ? AccessKind.Write : AccessKind.Read;
            touched.Add(new Touched($"{core} {state.State}", kind, IsState: true));
        }

        return [.. touched];
    }
}

internal sealed record Visit(int Core, int Index, Entry Entry, Touched[] Touched)
{
    public bool IsDma => Entry.Operation.Info.Attribute.IsDma;

    public (int, Engine) Stream => (Core, Entry.Engine);
}

internal readonly record struct Touched(string Where, AccessKind Kind, bool IsState);
