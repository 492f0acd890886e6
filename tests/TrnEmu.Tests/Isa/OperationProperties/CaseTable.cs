using System.Collections.Concurrent;
using System.Globalization;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>Prints, after all tests of the class, how many cases of each operation equalled the oracle.</summary>
public sealed class CaseTable : IDisposable
{
    private readonly ConcurrentDictionary<string, string> _rows = [];

    internal void Add(string operation, int cases, ValueCounts counts) => _rows[operation] = string.Create(
        CultureInfo.InvariantCulture,
            $"{operation,-24}{cases,8}{string.Concat(counts.Numbers.Select(n => $"{n,10}"))}");

    public void Dispose()
    {
        var kinds = string.Concat(ValueCounts.Kinds.Select(k => $"{k,10}"));
        Console.WriteLine($"{"equal to the oracle",-24}{"cases",8}{kinds}");
        foreach (var row in _rows.OrderBy(r => r.Key, StringComparer.Ordinal)) Console.WriteLine(row.Value);
    }
}
