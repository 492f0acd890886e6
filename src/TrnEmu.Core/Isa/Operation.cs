using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;

namespace TrnEmu.Core.Isa;

/// <summary>
/// A call of <c>nki.isa</c> with its operands. Immutable, compared by value. Each operation is one sealed record in one
/// file under Isa/Operations; its header (attributes and parameters) is its specification.
/// </summary>
public abstract record Operation
{
    /// <summary>The user's line that made it.</summary>
    public SourceSpan Span { get; init; }

    /// <summary>Name, engines and operands, from the header.</summary>
    public OperationInfo Info => OperationInfo.Of(GetType());

    /// <summary>
    /// Reports why the chip would refuse the operation. What the header says (engine, generation, spaces, dtypes,
    /// bounds of static patterns) has been checked before; here is what relates operands to each other.
    /// </summary>
    public virtual void Verify(Verifier v)
    {
    }

    /// <summary>
    /// Which bytes and engine state it reads and writes. The default is what the header says; where values decide
    /// (accumulation, predication) or state takes part (registers) it is overridden.
    /// </summary>
    public virtual void Effects(EffectSink sink) => Info.DeclaredEffects(this, sink);

    /// <summary>Does it: widens operands to fp32, computes in fp32, rounds once. Allocates nothing.</summary>
    public abstract void Execute(CoreState core);

    /// <summary>Adds the engine instructions that it becomes, with their work, for the timing pass.</summary>
    public abstract void Expand(ExpansionSink e);
}
