using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Control;

namespace TrnEmu.Core.Machine;

/// <summary>
/// An engine of a straight program has come to what was a loop's barrier; its signal says so. No program is written
/// with it.
/// </summary>
[Operation("arrive", Engines = Engines.Any, Summary = "tells the other engines that all before it has completed")]
internal sealed record Arrive : Operation
{
    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) => e.Add(LoopRules.Arrival);
}
