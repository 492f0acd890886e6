using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Sim.Observers;

namespace TrnEmu;

/// <summary>A compiled program in memory, to be run again and again on other inputs.</summary>
internal sealed class BoundProgram : IDisposable
{
    private readonly Binding _binding;
    private readonly Chip _chip;
    private readonly Dictionary<string, Tensor> _tensors = [];
    private readonly MatmulWatch _watch = new();
    private bool _isProved;

    /// <summary>Binds a program.</summary>
    /// <param name="program">The program; its names of tensors are looked up.</param>
    /// <param name="chip">The chip it runs on.</param>
    /// <param name="shared">The memory of a tensor that others use too; null where it has its own.</param>
    public BoundProgram(Program program, Chip chip, Func<Tensor, NativeBlock?>? shared = null)
    {
        (Program, _chip) = (program, chip);
        _binding = Binding.Physical(program, shared);
        foreach (var tensor in program.Tensors) _tensors.TryAdd(tensor.Name, tensor);
    }

    /// <summary>The program.</summary>
    public Program Program { get; }

    /// <summary>The first matrix product of the first run, where there is one.</summary>
    public MatmulSample? Sample => _watch.Sample;

    /// <summary>The tensor of that name.</summary>
    public Tensor this[string name] => _tensors[name];

    /// <summary>Bytes of a tensor in HBM.</summary>
    public Span<byte> Bytes(string name)
    {
        var tensor = this[name];
        var place = _binding[tensor.Id];
        return place.Block.Span(place.Offset, checked((int)tensor.Bytes));
    }

    /// <summary>
    /// Executes it. The first run proves that nothing unwritten is read and nothing races; later ones execute the same
    /// operations and are not watched.
    /// </summary>
    /// <exception cref="Core.Diagnostics.TrnException">A fault of the emulated machine.</exception>
    public void Run(int threads, Arithmetic arithmetic)
    {
        var observer = _isProved ? null : new ObserverList(new MemoryObserver(Program), _watch);
        FunctionPass.Run(Program, _binding, _chip, observer, threads, arithmetic);
        _isProved = true;
    }

    /// <inheritdoc/>
    public void Dispose() => _binding.Dispose();
}
