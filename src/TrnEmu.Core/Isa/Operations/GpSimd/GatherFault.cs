using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Isa.Operations.GpSimd;

/// <summary>An index that leads outside the operand it picks from.</summary>
internal static class GatherFault
{
    /// <summary>TRN3001, with the index, where it stands and the number of elements.</summary>
    public static TrnException Of(CoreState core, in AccessPattern source, long index, int partition)
    {
        var tensor = core.Program.TensorOf(source);
        var operation = core.Current.Operation;
        return new TrnException(FailureKind.Fault, Diagnostic.Error(
            FaultCodes.DynamicAddress,
            FormattableString.Invariant($"{operation.Info.Name}: index {index} in partition {partition} is outside the {source.Free} elements ")
            + $"of {tensor.Name}", operation.Span, new DiagnosticNote(tensor.Span, $"{tensor.Name} was made here")));
    }
}
