using System.Collections;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;

namespace TrnEmu.Tests.Dependences;

/// <summary>
/// Oracle: which starts and completions precede which, by transitive closure over all events, and whether that orders
/// every conflicting pair of bytes. Written from the rules in words, pair by pair.
/// </summary>
internal sealed class OrderOracle
{
    private readonly Visit[] _walk;
    private readonly BitArray[] _before;

    public OrderOracle(Program program)
    {
        _walk = Walk.Of(program);
        _before = new BitArray[_walk.Length * 2];
        for (var j = 0; j < _walk.Length; j++)
        {
            _before[Start(j)] = new BitArray(_before.Length);
            for (var i = 0; i < j; i++)
            {
                if (_walk[i].Stream == _walk[j].Stream) Precede(Start(i), Start(j));
            }

            foreach (var wait in _walk[j].Entry.Waits) Wait(j, wait);
            _before[Completion(j)] = new BitArray(_before.Length);
            Precede(Start(j), Completion(j));
            for (var i = 0; i < j; i++)
            {
                if (SameEngine(i, j)) Precede(Completion(i), Completion(j));
            }
        }
    }

    /// <summary>True when each signal surely comes after all earlier ones of its semaphore.</summary>
    public bool SignalsAreInOrder()
    {
        foreach (var group in Signals().GroupBy(s => s.Signal.Semaphore))
        {
            foreach (var ((i, _), (j, _)) in group.Zip(group.Skip(1)))
            {
                if (!SameEngine(i, j) && !Precedes(Completion(i), Start(j))) return false;
            }
        }

        return true;
    }

    /// <summary>True when completions order all conflicts, taking each wait to mean the signals before it.</summary>
    public bool OrdersAllConflicts()
    {
        for (var j = 0; j < _walk.Length; j++)
        {
            for (var i = 0; i < j; i++)
            {
                if (!Precedes(Completion(i), Start(j)) && Conflict(i, j)) return false;
            }
        }

        return true;
    }

    private bool Conflict(int i, int j)
    {
        var earlier = _walk[i].Touched.ToLookup(t => t.Where);
        foreach (var later in _walk[j].Touched)
        {
            foreach (var early in earlier[later.Where])
            {
                if (early.Kind == AccessKind.Read && later.Kind == AccessKind.Read) continue;
                if (early.IsState && _walk[i].Stream == _walk[j].Stream) continue;
                if (early.IsState && NextOnEngineCompletes(i, j)) continue;
                if (SameEngine(i, j) && later.Kind != AccessKind.Read) continue;
                return true;
            }
        }

        return false;
    }

    /// <summary>Some engine operation at or after i in i's stream completes before j starts, so i was issued.</summary>
    private bool NextOnEngineCompletes(int i, int j) => Enumerable.Range(i, j - i).Any(k =>
        _walk[k].Stream == _walk[i].Stream && !_walk[k].IsDma && Precedes(Completion(k), Start(j)));

    private void Wait(int j, Wait wait)
    {
        var sum = 0;
        foreach (var (i, signal) in Signals().Where(s => s.Visit < j && s.Signal.Semaphore == wait.Semaphore))
        {
            if (sum >= wait.Value) break;
            sum += signal.Amount;
            Precede(Completion(i), Start(j));
        }
    }

    private IEnumerable<(int Visit, Signal Signal)> Signals() =>
        _walk.SelectMany((v, i) => v.Entry.Signals.Select(s => (i, s)));

    private bool SameEngine(int i, int j) => _walk[i].Stream == _walk[j].Stream && !_walk[i].IsDma && !_walk[j].IsDma;

    private bool Precedes(int a, int b) => _before[b][a];

    private void Precede(int a, int b)
    {
        _before[b].Or(_before[a]);
        _before[b][a] = true;
    }

    private static int Start(int i) => 2 * i;

    private static int Completion(int i) => 2 * i + 1;
}
