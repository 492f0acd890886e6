using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Passes;

/// <summary>The loop around each entry of a core, for who goes through them in order.</summary>
internal sealed class LoopCursor(EquatableArray<Entry> entries)
{
    private LoopEnds? _ends;

    /// <summary>The innermost loop around the entry, what begins and ends it included; null outside of loops.</summary>
    public LoopNode? Current { get; private set; }

    /// <summary>Goes on to an entry.</summary>
    public void Enter(int index)
    {
        while (Current is not null && Current.End < index) Current = Current.Parent;
        if (entries[index].Operation is IControlFlow { Nesting: > 0 })
            Current = new LoopNode(Current, index, (_ends ??= new LoopEnds(entries.Span))[index]);
    }
}

/// <summary>A loop.</summary>
/// <param name="Parent">The loop around it, or null.</param>
/// <param name="Begin">Index of what begins it.</param>
/// <param name="End">Index of its end.</param>
internal sealed record LoopNode(LoopNode? Parent, int Begin, int End)
{
    /// <summary>Loops around it.</summary>
    public int Depth { get; } = Parent is null ? 1 : Parent.Depth + 1;

    /// <summary>The loop itself or the one around it that stands in so many loops.</summary>
    public LoopNode? At(int depth)
    {
        var node = this;
        while (node is not null && node.Depth > depth) node = node.Parent;
        return node;
    }
}
