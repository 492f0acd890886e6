using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations;

/// <summary>An example with numbers in and numbers out, both row by row; tensors lie in SBUF.</summary>
internal sealed class WorkedExample
{
    private readonly Dictionary<int, float[][]> _given = [];

    public Scene Scene { get; } = new();

    /// <summary>A tensor with these rows.</summary>
    public AccessPattern Given(DType dtype, params float[][] rows)
    {
        var pattern = Scene.Sbuf(dtype, rows.Length, rows[0].Length);
        _given.Add(pattern.Tensor, rows);
        return pattern;
    }

    /// <summary>The same row in a number of partitions.</summary>
    public AccessPattern Given(DType dtype, int partitions, params float[] row) =>
        Given(dtype, [.. Enumerable.Repeat(row, partitions)]);

    /// <summary>The rows of a tensor after operations that verification accepts.</summary>
    public float[][] Result(AccessPattern pattern, int generation, params Operation[] operations)
    {
        foreach (var operation in operations) Assert.Empty(Scene.Findings(operation, generation));
        float[][] rows = [];
        Scene.Run(Prepare, binding => rows = Read(binding, pattern), generation, operations);
        return rows;
    }

    /// <summary>What stops the operations.</summary>
    public Diagnostic Fault(params Operation[] operations) =>
        Assert.Throws<TrnException>(() => Scene.Run(Prepare, _ => { }, 4, operations)).Diagnostics[0];

    private void Prepare(Binding binding)
    {
        foreach (var (tensor, rows) in _given)
        {
            var tile = Tile(binding, AccessPattern.Whole(Scene.Tensors[tensor]));
            for (var p = 0; p < rows.Length; p++) Rows.Store(tile, p, 0, rows[p]);
        }
    }

    private static float[][] Read(Binding binding, AccessPattern pattern)
    {
        var tile = Tile(binding, pattern);
        var rows = new float[pattern.Partitions][];
        for (var p = 0; p < rows.Length; p++) Rows.Load(tile, p, 0, rows[p] = new float[pattern.Free]);
        return rows;
    }

    private static Tile Tile(Binding binding, AccessPattern p)
    {
        var (place, size) = (binding[p.Tensor], p.DType.Size());
        return place.Block.Tile(
            place.Offset + p.StartPartition * place.PartitionStride + p.Offset, p.Partitions, place.PartitionStride,
            p.DType,
            [p.Count0, p.Count1, p.Count2, p.Count3],
            [(long)p.Stride0 * size, (long)p.Stride1 * size, (long)p.Stride2 * size, (long)p.Stride3 * size]);
    }
}
