using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Eager;
using TrnEmu.Tests.Kernels;

namespace TrnEmu.Tests.Eager;

/// <summary>Issues the operations of a trace one by one, as a kernel that is written eagerly does.</summary>
internal sealed class EagerReplay : IDisposable
{
    private readonly Program _trace;
    private readonly int[] _ids;
    private readonly int[] _next;
    private readonly List<int>[] _loops;
    private readonly bool _makesLate;

    private EagerReplay(Program trace, EagerOptions options, bool makesLate)
    {
        (_trace, _makesLate) = (trace, makesLate);
        Run = new EagerRun(options with
        {
            Cores = trace.Cores.Count,
            Run = options.Run with { Chip = options.Run.Chip ?? trace.Chip },
        });
        _ids = new int[trace.Tensors.Count];
        Array.Fill(_ids, -1);
        _next = new int[trace.Cores.Count];
        _loops = [.. trace.Cores.Select(_ => new List<int>())];
    }

    /// <summary>The run.</summary>
    public EagerRun Run { get; }

    /// <summary>Issues all of it.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="inputs">Bytes of tensors that the host fills; null for none.</param>
    /// <param name="options">The run's.</param>
    /// <param name="makesLate">Tensors of chip memory are made where they are used first, in each iteration anew.</param>
    public static EagerReplay Of(
        Program trace, Func<Tensor, byte[]?> inputs, EagerOptions? options = null, bool makesLate = false)
    {
        var replay = new EagerReplay(trace, options ?? new EagerOptions(), makesLate);
        foreach (var tensor in trace.Tensors)
        {
            if (!makesLate || tensor.Space == MemorySpace.Hbm) replay.Make(tensor);
            if (inputs(tensor) is { } bytes) replay.Write(tensor, bytes);
        }

        while (replay.Step())
        {
        }

        return replay;
    }

    /// <summary>Bytes of a tensor of the trace.</summary>
    public byte[] Read(Tensor tensor)
    {
        var bytes = new byte[tensor.Bytes];
        Run.Read(View(tensor), bytes);
        return bytes;
    }

    /// <summary>Ends the run with the outputs of the trace.</summary>
    public RunResult Finish(bool time = true)
    {
        Tensor[] outputs = [.. _trace.Tensors.Where(t => t.Role is TensorRole.Output or TensorRole.InOut)];
        return Run.Finish([.. outputs.Select(t => _ids[t.Id])], [.. outputs.Select(t => t.Name)], time);
    }

    public void Dispose() => Run.Dispose();

    private void Write(Tensor tensor, byte[] bytes) => Run.Write(View(tensor), bytes);

    private HostView View(Tensor tensor)
    {
        var strides = new long[tensor.Shape.Count];
        long step = 1;
        for (var i = strides.Length - 1; i >= 0; i--) (strides[i], step) = (step, step * tensor.Shape[i]);
        return new HostView(_ids[tensor.Id], tensor.DType, 0, 0, tensor.Shape.Span, strides);
    }

    private int Make(Tensor t) => _ids[t.Id] = Run.AddTensor(new TensorRequest(t.Name, t.Space, t.DType, t.Shape)
    {
        Core = t.Core,
        Role = t.Role,
        Address = t.IsPinned ? t.Address : null,
        IsShared = t.Space == MemorySpace.Hbm,
        Span = t.Span,
    });

    /// <summary>Each core goes on until it waits; false when all have come to their ends.</summary>
    private bool Step()
    {
        var goesOn = false;
        for (var core = 0; core < _next.Length; core++)
        {
            while (_next[core] < _trace.Cores[core].Entries.Count && Advance(core)) goesOn = true;
        }

        return goesOn;
    }

    private bool Advance(int core)
    {
        var entries = _trace.Cores[core].Entries;
        var index = _next[core]++;
        var operation = entries[index].Operation;
        switch (operation)
        {
            case Loop or WhileLoop when Run.Begin(core, operation):
                _loops[core].Add(index);
                Forget(core, index);
                return true;
            case Loop or WhileLoop:
                _next[core] = new LoopEnds(entries.Span)[index] + 1;
                return true;
            case EndLoop when Run.End(core, operation.Span):
                _next[core] = _loops[core][^1] + 1;
                Forget(core, _loops[core][^1]);
                return true;
            case EndLoop:
                _loops[core].RemoveAt(_loops[core].Count - 1);
                return true;
            default:
                return Run.Issue(core, WithTensors(operation), entries[index].Engine);
        }
    }

    private Operation WithTensors(Operation operation)
    {
        if (!_makesLate) return operation;
        return operation.Info.WithTensors(operation, id => _ids[id] >= 0 ? _ids[id] : Make(_trace.Tensors[id]));
    }

    /// <summary>An iteration makes the tensors anew that only it uses.</summary>
    private void Forget(int core, int begin)
    {
        if (!_makesLate) return;
        var end = new LoopEnds(_trace.Cores[core].Entries.Span)[begin];
        foreach (var tensor in _trace.Tensors)
        {
            if (tensor.Space == MemorySpace.Hbm || _ids[tensor.Id] < 0 || !IsWithin(tensor.Id, core, begin, end)) continue;
            Run.Free(_ids[tensor.Id]);
            _ids[tensor.Id] = -1;
        }
    }

    private bool IsWithin(int tensor, int core, int begin, int end)
    {
        var live = new TrnEmu.Compiler.Passes.LiveRanges(_trace, core)[tensor];
        return live.First > begin && live.Last < end;
    }
}
