using System.Globalization;
using TrnEmu.Core.Dependences;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Memory;

namespace TrnEmu.Sim.Observers;

/// <summary>Words for operations, operands and bytes in faults.</summary>
internal sealed class FaultText(Program program)
{
    /// <summary><c>dma_copy (Sync, queue 2)</c>.</summary>
    public string Who(Step step)
    {
        var entry = Entry(step);
        var core = program.Cores.Count > 1 ? $"core {step.Core}, " : "";
        var queue = step.IsDma ? $", queue {entry.Queue}" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{entry.Operation.Info.Name} ({core}{entry.Engine.Title()}{queue})");
    }

    /// <summary>The user's line of a step.</summary>
    public SourceSpan Span(Step step) => Entry(step).Operation.Span;

    /// <summary><c>s3</c>, or <c>1:s3</c> when there are several cores.</summary>
    public string Semaphore(Semaphore semaphore) => program.Cores.Count > 1
        ? string.Create(CultureInfo.InvariantCulture, $"{semaphore.Core}:s{semaphore.Number}")
        : string.Create(CultureInfo.InvariantCulture, $"s{semaphore.Number}");

    /// <summary>What the later step of a conflict does: <c>reads src: bytes 0 to 511 …</c>.</summary>
    public string Access(Step step, in Conflict conflict) =>
        Access(step, EffectsOf(step).Memory[conflict.Effect], conflict.Part);

    /// <summary>What the earlier step of a conflict does.</summary>
    public string EarlierAccess(Step step, in Conflict conflict)
    {
        var tensor = program.TensorOf(EffectsOf(step).Memory[conflict.Effect].Pattern);
        foreach (ref readonly var effect in EffectsOf(conflict.Earlier).Memory)
        {
            if ((conflict.EarlierWrote ? effect.Writes : effect.Reads) && Covers(effect.Pattern, tensor, conflict.Part))
                return Access(conflict.Earlier, effect, conflict.Part);
        }

        return conflict.EarlierWrote ? "writes these bytes" : "reads these bytes";
    }

    /// <summary><c>bytes 0 to 511 in partitions 0 to 3 of h0</c>, counted from the start of the tensor.</summary>
    public static string Bytes(Tensor tensor, in AccessRange part)
    {
        var start = part.Start - (tensor.Address?.Byte ?? 0);
        var end = part.End - (tensor.Address?.Byte ?? 0) - 1;
        if (tensor.Space == MemorySpace.Hbm)
            return string.Create(CultureInfo.InvariantCulture, $"bytes {start} to {end} of {tensor.Name}");
        var first = part.FirstPartition - (tensor.Address?.Partition ?? 0);
        var last = part.EndPartition - (tensor.Address?.Partition ?? 0) - 1;
        var partitions = first == last ? $"partition {first}" : $"partitions {first} to {last}";
        return string.Create(CultureInfo.InvariantCulture, $"bytes {start} to {end} in {partitions} of {tensor.Name}");
    }

    /// <summary><c>src: </c> when the header has the pattern as an operand, otherwise nothing.</summary>
    public static string Operand(Operation operation, in AccessPattern pattern)
    {
        foreach (var operand in operation.Info.Operands)
        {
            var value = operand.Get(operation);
            if (PatternOf(value) == pattern) return operand.Name + ": ";
            if (value is EquatableArray<AccessPattern> list && list.Span.IndexOf(pattern) is >= 0 and var i)
                return string.Create(CultureInfo.InvariantCulture, $"{operand.Name}[{i}]: ");
        }

        return "";
    }

    private static AccessPattern? PatternOf(object? value) => value switch
    {
        AccessPattern pattern => pattern,
        ScalarOperand scalar => scalar.Column,
        _ => null,
    };

    private string Access(Step step, in MemoryEffect effect, in AccessRange part)
    {
        var verb = effect.Kind switch
        {
            AccessKind.Read => "reads",
            AccessKind.Accumulate => "adds to",
            AccessKind.MayWrite => "may write",
            _ => "writes",
        };
        var operand = Operand(Entry(step).Operation, effect.Pattern);
        return $"{verb} {operand}{Bytes(program.TensorOf(effect.Pattern), part)}";
    }

    private bool Covers(in AccessPattern pattern, Tensor other, in AccessRange part)
    {
        var tensor = program.TensorOf(pattern);
        var sharesMemory = tensor.Address is not null && other.Address is not null
            && tensor.Space == other.Space && tensor.Core == other.Core;
        if (tensor != other && !sharesMemory) return false;
        if (pattern.IsDynamic) return true;
        foreach (var run in new AccessRuns(pattern, tensor))
        {
            if (run.Start <= part.Start && part.Start < run.End
                && run.FirstPartition <= part.FirstPartition && part.FirstPartition < run.EndPartition) return true;
        }

        return false;
    }

    private EffectSink EffectsOf(Step step)
    {
        var sink = new EffectSink();
        Entry(step).Operation.Effects(sink);
        return sink;
    }

    private Entry Entry(Step step) => program.Cores[step.Core].Entries[step.Index];
}
