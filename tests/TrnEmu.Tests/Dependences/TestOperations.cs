using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;

namespace TrnEmu.Tests.Dependences;

/// <summary>An engine operation with any effects, that does nothing.</summary>
[Operation("touch", Engines = Engines.Any, Summary = "effects alone")]
public sealed record Touch(EquatableArray<MemoryEffect> Memory, EquatableArray<StateEffect> State = default)
    : Operation
{
    public override void Effects(EffectSink sink) => EffectList.Add(sink, Memory, State);

    public override void Execute(CoreState core)
    {
    }

    public override void Expand(ExpansionSink e)
    {
    }
}

/// <summary>A DMA with any effects, that does nothing.</summary>
[Operation("touch_dma", Engines = Engines.Any, IsDma = true, Summary = "effects alone")]
public sealed record TouchDma(EquatableArray<MemoryEffect> Memory, EquatableArray<StateEffect> State = default)
    : Operation
{
    public override void Effects(EffectSink sink) => EffectList.Add(sink, Memory, State);

    public override void Execute(CoreState core)
    {
    }

    public override void Expand(ExpansionSink e)
    {
    }
}

/// <summary>An engine operation with named operands.</summary>
[Operation("move", Engines = Engines.Any, Summary = "dst = src")]
public sealed record Move([Writes] AccessPattern? Dst, [Reads] AccessPattern? Src = null) : Operation
{
    public override void Execute(CoreState core)
    {
    }

    public override void Expand(ExpansionSink e)
    {
    }
}

/// <summary>A DMA with named operands.</summary>
[Operation("move_dma", Engines = Engines.Any, IsDma = true, Summary = "dst = src")]
public sealed record MoveDma([Writes] AccessPattern? Dst, [Reads] AccessPattern? Src = null) : Operation
{
    public override void Execute(CoreState core)
    {
    }

    public override void Expand(ExpansionSink e)
    {
    }
}

internal static class EffectList
{
    public static void Add(EffectSink sink, EquatableArray<MemoryEffect> memory, EquatableArray<StateEffect> state)
    {
        foreach (var (pattern, kind) in memory)
        {
            if (kind == AccessKind.Read) sink.Read(pattern);
            else if (kind == AccessKind.Write) sink.Write(pattern);
            else if (kind == AccessKind.MayWrite) sink.MayWrite(pattern);
            else sink.Accumulate(pattern);
        }

        foreach (var (resource, isWrite) in state)
        {
            if (isWrite) sink.Write(resource);
            else sink.Read(resource);
        }
    }
}
