using TrnEmu.Core.Isa;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>Random legal operands of one operation. Found by reflection: a new operation brings a class.</summary>
internal interface IOperands<out TOperation>
    where TOperation : Operation
{
    /// <summary>An operation, mostly legal; the caller draws again until verification has no finding.</summary>
    TOperation Make(Draw draw);
}
