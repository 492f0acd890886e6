using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>The operand that says at which position of a sequence row 0 of a run stands.</summary>
internal static class Positions
{
    /// <summary>Checks that the operand position is one int32.</summary>
    public static bool Check(GraphCall call) => call.Require(
        call["position"] is { DType: DType.Int32, Elements: 1, IsMatrix: true },
        $"position is {call["position"]}, expected int32[1,1]");
}
