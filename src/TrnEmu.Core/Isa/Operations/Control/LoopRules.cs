using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Control;

/// <summary>What loops share.</summary>
internal static class LoopRules
{
    /// <summary>An engine says that it has come to a barrier.</summary>
    public static Instruction Arrival => RegisterRules.Work;

    /// <summary>An engine goes to the next iteration, or on.</summary>
    public static Instruction Branch => new(CostClass.Branch, 1, DType.Int32, Rows: 1);

    /// <summary>What each engine executes at the start of a loop and at the end of each iteration.</summary>
    public static void Expand(ExpansionSink e)
    {
        e.Add(Arrival);
        e.Add(Branch);
    }
}
