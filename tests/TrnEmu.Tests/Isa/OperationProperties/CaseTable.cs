using System.Collections.Concurrent;
using System.Globalization;
using TrnEmu.Core.Isa;
using TrnEmu.Tests.Isa.OperationProperties;
using TrnEmu.Tests.Isa.Oracles;

[assembly: AssemblyFixture(typeof(CaseTable))]

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>
/// Prints, after all tests, how many random cases of each operation were compared with its oracle, how often each kind
/// of value occurred in them, and which chip, engine, pair of dtypes, start partition or layout was the rarest.
/// </summary>
public sealed class CaseTable : IDisposable
{
    private const int OfEachKind = 20;
    private readonly ConcurrentDictionary<string, string> _rows = [];

    /// <summary>Compares cases, adds them to the table, and demands enough of each kind.</summary>
    internal void Judge(OperationInfo operation, Action<Coverage> compare)
    {
        var (coverage, mismatches) = (new Coverage(operation), 1);
        try
        {
            compare(coverage);
            mismatches = 0;
        }
        finally
        {
            Add(operation.Name, coverage, mismatches);
        }

        var rare = coverage.Kinds().Where(k => k.Count < OfEachKind).Select(k => $"{k.Aspect} {k.Kind} ({k.Count})");
        Assert.True(!rare.Any(), $"fewer than {OfEachKind} cases with {string.Join(", ", rare)}");
    }

    private void Add(string operation, Coverage coverage, int mismatches)
    {
        var kinds = coverage.Kinds().ToArray();
        var rarest = kinds.Where(k => k.Aspect != Aspect.Value).OrderBy(k => k.Count).FirstOrDefault();
        _rows[operation] = Line(
            operation, $"{coverage.Cases}", $"{mismatches}", $"{kinds.Count(k => k.Aspect == Aspect.DTypes)}",
            ValueCounts.Kinds.Select(v => kinds.Where(k => k.Kind == v).Select(k => $"{k.Count}").FirstOrDefault("-")),
            string.Create(CultureInfo.InvariantCulture, $"{rarest.Count} {rarest.Aspect} {rarest.Kind}"));
    }

    public void Dispose()
    {
        if (_rows.IsEmpty) return;
        Console.WriteLine(Line("equal to the oracle", "cases", "mismatches", "dtypes", ValueCounts.Kinds, "rarest"));
        foreach (var row in _rows.OrderBy(r => r.Key, StringComparer.Ordinal)) Console.WriteLine(row.Value);
    }

    private static string Line(
        string operation, string cases, string mismatches, string pairs, IEnumerable<string> values, string rarest) =>
        $"{operation,-26}{cases,6}{mismatches,12}{pairs,8}{string.Concat(values.Select(v => $"{v,10}"))}  {rarest}";
}
