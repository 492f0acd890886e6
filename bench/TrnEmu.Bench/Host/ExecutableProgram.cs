using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Sim;
using TrnEmu.Sim.Observers;

namespace TrnEmu.Bench.Host;

/// <summary>A compiled program in memory, with inputs of the size that a trained network has.</summary>
internal sealed class ExecutableProgram : IDisposable
{
    private readonly Chip _chip;
    private readonly Binding _binding;

    public ExecutableProgram(Program program, Chip chip)
    {
        (Program, _chip) = (program, chip);
        _binding = Binding.Physical(program);
        var random = new Random(1);
        foreach (var tensor in program.Tensors)
        {
            if (tensor.Space == MemorySpace.Hbm && tensor.Role == TensorRole.Input) Fill(tensor, random);
        }
    }

    public Program Program { get; }

    /// <summary>Bytes of all tensors in HBM.</summary>
    public long HbmBytes => Program.Tensors.Where(t => t.Space == MemorySpace.Hbm).Sum(t => t.Bytes);

    /// <summary>Executes it as a run does, under the observers that find unwritten reads and races, or without.</summary>
    public void Execute(bool isObserved = true, int threads = 1) => FunctionPass.Run(
        Program, _binding, _chip,
        isObserved ? new MemoryObserver(Program) : null, threads);

    /// <summary>Predicts its time, from the program on.</summary>
    public Timeline Time() => TimePass.Run(Program, _chip);

    /// <summary>The bytes of its outputs, one after the other.</summary>
    public byte[] Outputs() =>
    [
        .. Program.Tensors.Where(t => t.Role == TensorRole.Output).SelectMany(t => Bytes(t).ToArray()),
    ];

    public void Dispose() => _binding.Dispose();

    /// <summary>
    /// Matrices are uniform with variance 1 / rows, so that products neither grow nor vanish; vectors are around 1.
    /// </summary>
    private void Fill(Tensor tensor, Random random)
    {
        var bytes = Bytes(tensor);
        if (tensor.DType.IsInteger())
        {
            Iota(bytes);
            return;
        }

        var (scale, shift) = tensor.Shape.Count > 1 ? (2 * MathF.Sqrt(3f / tensor.Shape[0]), -0.5f) : (0.1f, 10f);
        var row = new float[Math.Min(tensor.Elements, 1 << 12)];
        for (var at = 0L; at < tensor.Elements; at += row.Length)
        {
            var part = row.AsSpan(0, (int)Math.Min(row.Length, tensor.Elements - at));
            foreach (ref var x in part) x = (random.NextSingle() + shift) * scale;
            Conversions.Narrow(tensor.DType, part, bytes.Slice((int)(at * tensor.DType.Size()), part.Length * tensor.DType.Size()));
        }
    }

    /// <summary>Positions count on.</summary>
    private static void Iota(Span<byte> bytes)
    {
        for (var i = 0; i < bytes.Length / sizeof(int); i++)
            System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(bytes[(i * sizeof(int))..], i);
    }

    private Span<byte> Bytes(Tensor tensor)
    {
        var place = _binding[tensor.Id];
        return place.Block.Span(place.Offset, checked((int)tensor.Bytes));
    }
}
