using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Passes;

/// <summary>Each core has its own SBUF and PSUM; live ranges and addresses rest on nobody else touching them.</summary>
internal static class CoreMemory
{
    /// <summary>TRN4003 for every operation that touches the SBUF or PSUM of another core.</summary>
    public static IReadOnlyList<Diagnostic> Findings(Program program)
    {
        var findings = new List<Diagnostic>();
        if (program.Cores.Count == 1 && program.Tensors.All(t => t.Core == 0)) return findings;
        var effects = new EffectSink();
        for (var core = 0; core < program.Cores.Count; core++)
        {
            foreach (ref readonly var entry in program.Cores[core].Entries.Span)
            {
                effects.Clear();
                entry.Operation.Effects(effects);
                foreach (ref readonly var effect in effects.Memory)
                {
                    if (Finding(entry.Operation, core, program.TensorOf(effect.Pattern)) is { } foreign) findings.Add(foreign);
                }
            }
        }

        return findings;
    }

    /// <summary>TRN4003 when the operation of a core touches a tensor in the SBUF or PSUM of another; else null.</summary>
    public static Diagnostic? Finding(Operation operation, int core, Tensor tensor) =>
        tensor.Space != MemorySpace.Hbm && tensor.Core != core ? Foreign(operation, core, tensor) : null;

    private static Diagnostic Foreign(Operation operation, int core, Tensor tensor) => Diagnostic.Error(
        PassCodes.OtherCore,
        FormattableString.Invariant($"{operation.Info.Name}: {tensor.Name} is in {tensor.Space.Title()} of core ")
        + FormattableString.Invariant($"{tensor.Core}, the operation is core {core}'s"),
        operation.Span,
        new DiagnosticNote(tensor.Span, $"{tensor.Name} was made here"));
}
