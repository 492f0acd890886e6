using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Passes.Spilling;

/// <summary>
/// Writes a plan into the program. A tensor that leaves SBUF is stored behind the last operation that writes it before
/// the gap, unless HBM has its values already; a tensor of the same type, with a place of its own, is loaded before the
/// next operation that needs it, and used from there on. Stores and loads are DMA with the line that needed the room.
/// </summary>
internal sealed class SpillRewriting
{
    private readonly Program _program;
    private readonly int _core;
    private readonly List<Tensor> _tensors;
    private readonly TensorNames _names = new();
    private readonly ILookup<int, Segment> _parts;
    private readonly SpillPlan _plan;
    private readonly Dictionary<int, List<Entry>> _before = [];
    private readonly Dictionary<int, List<Entry>> _after = [];
    private readonly Dictionary<int, List<(int Tensor, int Now)>> _renamed = [];

    private SpillRewriting(Program program, int core, SpillPlan plan)
    {
        (_program, _core, _plan) = (program, core, plan);
        _tensors = [.. program.Tensors];
        foreach (var tensor in _tensors) _names.Unique(tensor.Name);
        _parts = plan.Segments.OrderBy(s => s.FirstTouch).ToLookup(s => s.Tensor.Id);
    }

    /// <summary>The program with places for the core's SBUF tensors, and what was moved.</summary>
    public static (Program Program, IReadOnlyList<Spill> Spills) Run(Program program, int core, SpillPlan plan)
    {
        var rewriting = new SpillRewriting(program, core, plan);
        Spill[] spills = [.. program.Tensors.Select(rewriting.Place).OfType<Spill>()];
        var cores = program.Cores.Span.ToArray();
        cores[core] = new CoreProgram { Entries = EquatableArray.Create<Entry>([.. rewriting.Entries()]) };
        program = program with { Tensors = [.. rewriting._tensors], Cores = EquatableArray.Create<CoreProgram>(cores) };
        return (program, spills);
    }

    private Spill? Place(Tensor tensor)
    {
        Segment[] parts = [.. _parts[tensor.Id]];
        if (parts.Length == 0) return null;
        _tensors[tensor.Id] = tensor with { Address = new Address(0, parts[0].Byte) };
        return parts.Length > 1 ? Move(tensor, parts) : null;
    }

    private Spill Move(Tensor tensor, Segment[] parts)
    {
        var name = _names.Unique(tensor.Name + ".spilled");
        var home = Add(new Tensor(_tensors.Count, name, MemorySpace.Hbm, tensor.DType, tensor.Shape)
        {
            Core = _core,
            Span = tensor.Span,
        });
        var (now, stores) = (_tensors[tensor.Id], 0);
        for (var i = 1; i < parts.Length; i++)
        {
            var span = _plan.NeededBy(parts[i]);
            if (parts[i - 1].LastWrite is { } write)
            {
                At(_after, write).Add(Copy(home, now, span));
                stores++;
            }

            now = Add(tensor with
            {
                Id = _tensors.Count,
                Name = _names.Unique(tensor.Name + ".reloaded"),
                Address = new Address(0, parts[i].Byte),
            });
            At(_before, parts[i].First).Add(Copy(now, home, span));
            At(_renamed, parts[i].First).Add((tensor.Id, now.Id));
        }

        return new Spill(tensor, stores, parts.Length - 1, [.. parts.Skip(1).Select(_plan.NeededBy)]);
    }

    private Tensor Add(Tensor tensor)
    {
        _tensors.Add(tensor);
        return tensor;
    }

    private static Entry Copy(Tensor dst, Tensor src, SourceSpan span) =>
        new(new DmaCopy(AccessPattern.Whole(dst), AccessPattern.Whole(src)) { Span = span });

    private static List<T> At<T>(Dictionary<int, List<T>> lists, int entry)
    {
        if (!lists.TryGetValue(entry, out var list)) lists.Add(entry, list = []);
        return list;
    }

    private List<Entry> Entries()
    {
        var (entries, now) = (new List<Entry>(), new Dictionary<int, int>());
        var old = _program.Cores[_core].Entries;
        for (var i = 0; i < old.Count; i++)
        {
            if (_before.TryGetValue(i, out var loads)) entries.AddRange(loads);
            foreach (var (tensor, name) in _renamed.GetValueOrDefault(i, [])) now[tensor] = name;
            entries.Add(Renamed(old[i], now));
            if (_after.TryGetValue(i, out var stores)) entries.AddRange(stores);
        }

        return entries;
    }

    private static Entry Renamed(in Entry entry, Dictionary<int, int> now)
    {
        var effects = new EffectSink();
        if (now.Count > 0) entry.Operation.Effects(effects);
        foreach (ref readonly var effect in effects.Memory)
        {
            if (now.ContainsKey(effect.Pattern.Tensor))
                return entry with
                {
                    Operation = entry.Operation.Info.WithTensors(
                    entry.Operation, t => now.GetValueOrDefault(t, t))
                };
        }

        return entry;
    }
}
