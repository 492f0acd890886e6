using System.Globalization;
using System.Runtime.CompilerServices;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa;

/// <summary>
/// Collects why a chip would refuse operations. One for a whole program: every finding is reported, not the first only.
/// </summary>
public sealed class Verifier(IProgram program, Chip chip)
{
    private readonly List<Diagnostic> _findings = [];

    /// <summary>The chip whose rules apply.</summary>
    public Chip Chip { get; } = chip;

    /// <summary>The program around the operation.</summary>
    public IProgram Program { get; } = program;

    /// <summary>Engine of the current entry; None while not chosen.</summary>
    public Engine Engine { get; private set; }

    /// <summary>The core of the current entry.</summary>
    public int Core { get; private set; }

    /// <summary>The operation that is verified.</summary>
    public Operation? Operation { get; private set; }

    /// <summary>All findings so far.</summary>
    public IReadOnlyList<Diagnostic> Findings => _findings;

    /// <summary>Checks one operation: first what its header says, then what it says itself.</summary>
    public void Verify(in Entry entry, int core = 0)
    {
        Core = core;
        Operation = entry.Operation;
        Engine = entry.Engine;
        var before = _findings.Count;
        entry.Operation.Info.VerifyHeader(entry.Operation, this);
        if (_findings.Count == before) entry.Operation.Verify(this);
    }

    /// <summary>Forgets the findings.</summary>
    public void Clear() => _findings.Clear();

    /// <summary>Reports a finding about the current operation; the message is prefixed with its name.</summary>
    public void Error(DiagnosticCode code, ref DefaultInterpolatedStringHandler message) =>
        Error(code, message.ToStringAndClear());

    /// <summary>Reports a finding about the current operation; the message is prefixed with its name.</summary>
    public void Error(DiagnosticCode code, string message) =>
        _findings.Add(Diagnostic.Error(code, $"{Operation!.Info.Name}: {message}", Operation.Span));

    /// <summary>Refuses a corner that the documents leave open; the message says what was asked for.</summary>
    public void Missing(Gap gap, string message) => Error(VerifyCodes.MissingSpecification, $"{message}: {gap.Open}");

    /// <summary>Both patterns have the same partitions and free elements.</summary>
    public void SameShape(in AccessPattern a, string aName, in AccessPattern b, string bName)
    {
        if (a.Partitions != b.Partitions)
            Error(VerifyCodes.Shape, $"{bName} has {b.Partitions} partitions, {aName} has {a.Partitions}: they must be equal");
        if (a.Free != b.Free)
            Error(VerifyCodes.Shape, $"{bName} has {b.Free} elements in each partition, {aName} has {a.Free}: they must be equal");
    }

    /// <summary>
    /// A scalar operand's column has one element for each partition of the data, and is fp32, bf16 or fp16.
    /// </summary>
    public void Column(in ScalarOperand? operand, string name, in AccessPattern data)
    {
        if (operand?.Column is not { } column) return;
        if (column.Partitions != data.Partitions || column.Free != 1)
        {
            Error(VerifyCodes.Shape, string.Create(CultureInfo.InvariantCulture,
                $"{name} is [{column.Partitions},{column.Free}], expected [{data.Partitions},1]: one value for each partition"));
        }
    }

    /// <summary>The condition holds, or the finding is reported.</summary>
    public void Require(bool condition, DiagnosticCode code, string message)
    {
        if (!condition) Error(code, message);
    }

    /// <summary>Memory of an operand.</summary>
    public MemorySpace SpaceOf(in AccessPattern pattern) => Program.SpaceOf(pattern);
}
