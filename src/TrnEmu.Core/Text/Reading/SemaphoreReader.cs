using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Text.Reading;

/// <summary>
/// Reads waits <c>s0>=16, c1.s3>=1</c> and signals <c>s1+1</c>; a semaphore without core is the entry's own core's.
/// </summary>
internal static class SemaphoreReader
{
    /// <summary>Reads waits separated by commas.</summary>
    public static bool TryWaits(LineReader line, int core, out EquatableArray<Wait> waits)
    {
        waits = default;
        var list = new List<Wait>();
        do
        {
            if (!TrySemaphore(line, core, list.Count, out var semaphore)) return false;
            if (!line.Take('>', "`>=`") || !line.Take('=', "`>=`")) return false;
            if (!line.TryInteger("a value", 0, int.MaxValue, out var value)) return false;
            list.Add(new Wait(semaphore, (int)value));
        }
        while (line.TryTake(','));
        waits = EquatableArray.Create<Wait>(list.ToArray());
        return true;
    }

    /// <summary>Reads signals separated by commas.</summary>
    public static bool TrySignals(LineReader line, int core, out EquatableArray<Signal> signals)
    {
        signals = default;
        var list = new List<Signal>();
        do
        {
            if (!TrySemaphore(line, core, list.Count, out var semaphore) || !line.Take('+')) return false;
            if (!line.TryInteger("an amount", 0, int.MaxValue, out var amount)) return false;
            list.Add(new Signal(semaphore, (int)amount));
        }
        while (line.TryTake(','));
        signals = EquatableArray.Create<Signal>(list.ToArray());
        return true;
    }

    private static bool TrySemaphore(LineReader line, int core, int before, out Semaphore semaphore)
    {
        var start = line.Column;
        semaphore = default;
        if (before == TextLimits.Items) return line.Limit($"more than {TextLimits.Items} semaphores", start);
        var word = line.Word();
        var dot = word.IndexOf('.');
        var hasCore = dot < 0 || Numbered.TryParse(word[..dot], 'c', out core);
        if (!Numbered.TryParse(word[(dot + 1)..], 's', out var number) || !hasCore)
            return line.Expected("a semaphore (s0, c1.s0, …)", start);
        if (core >= line.Cores)
            return line.Limit(FormattableString.Invariant($"there is no core {core}, the program has {line.Cores}"), start);
        semaphore = new Semaphore(core, number);
        return true;
    }
}
