using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;

namespace TrnEmu.Tests.Dependences;

/// <summary>
/// Executes a program in a random order that engines, DMA parts and semaphores allow. Every entry writes its own id;
/// the result is which id every entry read at every byte, and what is left in memory. Null when nobody can go on.
/// </summary>
internal sealed class RandomMachine(Visit[] walk, Random random)
{
    private const int Parts = 16;
    private readonly Dictionary<string, int> _memory = [];
    private readonly Dictionary<Semaphore, int> _semaphores = [];
    private readonly SortedDictionary<string, string> _seen = new(StringComparer.Ordinal);

    public static SortedDictionary<string, string> InProgramOrder(Visit[] walk)
    {
        var machine = new RandomMachine(walk, new Random(0));
        for (var i = 0; i < walk.Length; i++)
        {
            machine.Read(i, _ => true);
            machine.Write(i, _ => true);
        }

        return machine.Result();
    }

    public SortedDictionary<string, string>? Run()
    {
        var streams = Enumerable.Range(0, walk.Length).GroupBy(i => walk[i].Stream)
            .Select(g => new Stream(new(g), new())).ToList();
        var dma = new List<(int Visit, int Part)>();
        while (true)
        {
            var actions = new List<Action>();
            foreach (var stream in streams)
            {
                if (stream.Waiting.TryPeek(out var next) && walk[next].Entry.Waits.All(Holds))
                    actions.Add(() => Start(stream, dma));
                if (stream.Running.Count > 0) actions.Add(() => Complete(stream));
            }

            if (dma.Count > 0) actions.Add(() => Move(dma));
            if (actions.Count == 0) break;
            actions[random.Next(actions.Count)]();
        }

        return streams.Any(s => s.Waiting.Count > 0) ? null : Result();
    }

    private void Start(Stream stream, List<(int, int)> dma)
    {
        var i = stream.Waiting.Dequeue();
        Read(i, t => t.IsState);
        Write(i, t => t.IsState);
        if (walk[i].IsDma)
        {
            dma.AddRange(Enumerable.Range(0, Parts).Select(p => (i, p)));
            return;
        }

        var readsNow = random.Next(2) == 0;
        if (readsNow) Read(i, t => !t.IsState && t.Kind == AccessKind.Read);
        stream.Running.Enqueue((i, readsNow));
    }

    private void Complete(Stream stream)
    {
        var (i, hasRead) = stream.Running.Dequeue();
        Read(i, t => !t.IsState && !(hasRead && t.Kind == AccessKind.Read));
        Write(i, t => !t.IsState);
        foreach (var signal in walk[i].Entry.Signals) Add(signal.Semaphore, signal.Amount);
    }

    private void Move(List<(int Visit, int Part)> dma)
    {
        var at = random.Next(dma.Count);
        var (i, part) = dma[at];
        dma.RemoveAt(at);
        bool IsMine(Touched t) => !t.IsState && t.Where.Sum(c => c) % Parts == part;
        Read(i, IsMine);
        Write(i, IsMine);
        foreach (var signal in walk[i].Entry.Signals) Add(signal.Semaphore, signal.Amount / Parts);
    }

    private void Read(int i, Func<Touched, bool> which)
    {
        foreach (var t in walk[i].Touched.Where(which))
        {
            if (t.Kind is AccessKind.Read or AccessKind.Accumulate)
                _seen[$"{i} {t.Kind} {t.Where}"] = $"{_memory.GetValueOrDefault(t.Where, -1)}";
        }
    }

    private void Write(int i, Func<Touched, bool> which)
    {
        foreach (var t in walk[i].Touched.Where(which))
        {
            if (t.Kind != AccessKind.Read) _memory[t.Where] = i;
        }
    }

    private SortedDictionary<string, string> Result()
    {
        foreach (var (where, id) in _memory) _seen["left " + where] = $"{id}";
        return _seen;
    }

    private bool Holds(Wait wait) => _semaphores.GetValueOrDefault(wait.Semaphore) >= wait.Value;

    private void Add(Semaphore semaphore, int amount) =>
        _semaphores[semaphore] = _semaphores.GetValueOrDefault(semaphore) + amount;

    private sealed record Stream(Queue<int> Waiting, Queue<(int Visit, bool HasRead)> Running);
}
