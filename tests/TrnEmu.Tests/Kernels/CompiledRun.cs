using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Sim.Observers;

namespace TrnEmu.Tests.Kernels;

/// <summary>Executes a compiled program on test values with all checks.</summary>
internal static class CompiledRun
{
    /// <summary>
    /// The bytes of all outputs. Values go by the tensors' ids, so that other passes give the same ones.
    /// </summary>
    public static byte[] Outputs(Program program, Chip chip)
    {
        using var binding = Binding.Physical(program);
        foreach (var tensor in program.Tensors.Where(t => t.Role is not (TensorRole.Output or TensorRole.Internal)))
            TestValues.Fill(binding, tensor, seed: 1);
        FunctionPass.Run(
            program, binding, chip, new ObserverList(new RaceObserver(program), new WrittenObserver(program)));
        return [.. program.Tensors.Where(t => t.Role is TensorRole.Output or TensorRole.InOut).SelectMany(
            t => TestValues.Bytes(binding, t).ToArray())];
    }
}
