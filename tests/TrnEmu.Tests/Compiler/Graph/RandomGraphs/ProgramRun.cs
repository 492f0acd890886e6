using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Sim.Observers;
using TrnEmu.Tests.Kernels;

namespace TrnEmu.Tests.Compiler.Graph.RandomGraphs;

/// <summary>Executes a random graph in any stage of its compilation.</summary>
internal static class ProgramRun
{
    /// <summary>A program without addresses or semaphores, in program order.</summary>
    public static SortedDictionary<string, byte[]> Virtual(RandomGraph graph, Program program)
    {
        using var binding = Binding.Virtual(program);
        return Run(graph, program, binding, graph.Chip, null);
    }

    /// <summary>A program at its addresses, without checks.</summary>
    public static SortedDictionary<string, byte[]> Placed(RandomGraph graph, Program program, Chip? chip = null)
    {
        using var binding = Binding.Physical(program);
        return Run(graph, program, binding, chip ?? graph.Chip, null);
    }

    /// <summary>A whole program with all checks.</summary>
    public static SortedDictionary<string, byte[]> Whole(RandomGraph graph, Program program, Chip? chip = null)
    {
        using var binding = Binding.Physical(program);
        return Run(
            graph, program, binding, chip ?? graph.Chip,
            new ObserverList(new RaceObserver(program), new WrittenObserver(program)));
    }

    private static SortedDictionary<string, byte[]> Run(
        RandomGraph graph, Program program, Binding binding, Chip chip, IExecutionObserver? observer)
    {
        foreach (var tensor in program.Tensors.Where(t => t.Space == MemorySpace.Hbm))
            graph.Given(tensor.Name)?.CopyTo(TestValues.Bytes(binding, tensor));
        FunctionPass.Run(program, binding, chip, observer);
        var results = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var tensor in program.Tensors.Where(t => t.Role is TensorRole.Output or TensorRole.InOut))
            results.Add(tensor.Name, TestValues.Bytes(binding, tensor).ToArray());
        return results;
    }
}
