using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Machine;

/// <summary>
/// The engine operations of a core whose index can move one operand onto another, since they share a tensor. What
/// verification says of such an operation is said again while running, with the addresses that the indices gave. DMA
/// checks its own.
/// </summary>
internal sealed class MovedOperands
{
    private readonly HashSet<Operation>? _operations;

    /// <summary>
    /// Looks through the program of one core once; of a program that still grows, at each operation when it comes.
    /// </summary>
    public MovedOperands(IProgram program, int core)
    {
        if (program is not Program) return;
        _operations = new HashSet<Operation>(ReferenceEqualityComparer.Instance);
        foreach (ref readonly var entry in program.EntriesOf(core))
        {
            if (CanMove(entry.Operation)) _operations.Add(entry.Operation);
        }
    }

    /// <summary>The operation is legal where its indices are now.</summary>
    /// <exception cref="TrnException">TRN3008: it is not.</exception>
    public void Check(CoreState core, in Entry entry)
    {
        if (_operations is null ? CanMove(entry.Operation) : _operations.Count > 0 && _operations.Contains(entry.Operation))
            Verify(core, entry);
    }

    private static bool CanMove(Operation operation)
    {
        var info = operation.Info;
        return !info.Attribute.IsDma && info.CanMoveTogether(operation);
    }

    private static void Verify(CoreState core, Entry entry)
    {
        var verifier = new Verifier(core.Program, core.Chip);
        verifier.Verify(entry with { Operation = entry.Operation.Info.WithPatterns(entry.Operation, p => Moved(core, p)) }, core.Number);
        if (verifier.Findings.Count > 0) throw Refused(entry.Operation, verifier.Findings[0]);
    }

    /// <summary>The pattern at its address; where that is outside the tensor, execution says so.</summary>
    private static AccessPattern Moved(CoreState core, AccessPattern p) => p.IsMoved && core.IsInside(p, 0)
        ? p with { Dynamic = default, Offset = p.Offset + core.Displacement(p, 0) }
        : p;

    private static TrnException Refused(Operation operation, Diagnostic finding) => new(FailureKind.Fault, Diagnostic.Error(
        FaultCodes.MovedOperand, $"{finding.Message} where an index moves its operands", operation.Span));
}
