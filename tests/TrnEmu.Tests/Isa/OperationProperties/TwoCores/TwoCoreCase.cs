using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Core.Text;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Isa.OperationProperties.TwoCores;

/// <summary>A program of two cores, the bytes it starts from, and copies between tensors that say what it does.</summary>
/// <param name="Draw">Where its tensors come from; core 0 has all of them but <paramref name="Second"/>.</param>
/// <param name="Cores">The entries of each core.</param>
/// <param name="Second">Tensors of core 1; those in HBM belong to both.</param>
/// <param name="Copies">In groups, one after the other; in each, all is read before anything is written.</param>
internal sealed record TwoCoreCase(
    Draw Draw, Entry[][] Cores, AccessPattern[] Second, (AccessPattern Dst, AccessPattern Src)[][] Copies)
{
    private byte[][] Bytes { get; } = Draw.Bytes();

    private Program Program { get; } = new()
    {
        Chip = Draw.Chip.Name,
        Tensors = [.. Draw.Tensors.Select(t => Second.Any(p => p.Tensor == t.Id) && t.Space != MemorySpace.Hbm ? t with { Core = 1 } : t)],
        Cores = [.. Cores.Select(entries => new CoreProgram { Entries = [.. entries] })],
    };

    /// <summary>True when verification finds nothing.</summary>
    public bool IsLegal
    {
        get
        {
            var verifier = new Verifier(Program, Draw.Chip);
            for (var core = 0; core < Cores.Length; core++)
            {
                foreach (var entry in Cores[core]) verifier.Verify(entry, core);
            }

            return verifier.Findings.Count == 0;
        }
    }

    /// <summary>Runs it under both bindings, compares every byte of every tensor, and counts the entry in question.</summary>
    public void Check(Coverage coverage, Entry subject)
    {
        var values = new ValueCounts();
        var memory = new OracleMemory(Program, [.. Bytes.Select(b => b.ToArray())]);
        foreach (var group in Copies) Copy(group, memory, values);
        foreach (var binding in (Binding[])[Binding.Virtual(Program), Binding.Physical(Program)])
        {
            using (binding)
            {
                foreach (var tensor in Program.Tensors.Span) TensorBytes.Write(binding, tensor, Bytes[tensor.Id]);
                FunctionPass.Run(Program, binding, Draw.Chip);
                foreach (var tensor in Program.Tensors.Span)
                {
                    Assert.True(memory[tensor.Id].AsSpan().SequenceEqual(TensorBytes.Read(binding, tensor)),
                        $"{tensor.Name} differs\n{ProgramText.Print(Program)}");
                }
            }
        }

        coverage.Add(new Trial(Program, Bytes, Draw.Chip, subject), values);
    }

    private void Copy((AccessPattern Dst, AccessPattern Src)[] group, OracleMemory memory, ValueCounts values)
    {
        var places = new Places(Program, memory);
        var read = group.Select(c => places.Of(c.Src).Select(at => memory.Load(c.Src.Tensor, at, c.Src.DType.Size())).ToArray()).ToArray();
        for (var i = 0; i < group.Length; i++)
        {
            var (dst, dtype) = (group[i].Dst, group[i].Src.DType);
            if (dtype.IsFloat()) values.Read(dtype, [.. read[i].Select(bits => Numbers.Decode(dtype, bits))]);
            foreach (var (place, bits) in places.Of(dst).Zip(read[i])) memory.Store(dst.Tensor, place, dst.DType.Size(), bits);
        }
    }
}
