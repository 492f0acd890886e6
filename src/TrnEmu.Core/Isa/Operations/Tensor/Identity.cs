using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Tensor;

/// <summary>The identity matrix that a transpose on the systolic array streams as its moving operand.</summary>
internal static class Identity
{
    private static readonly NativeBlock Block = Create();

    /// <summary>The fp32 identity of <paramref name="size"/> partitions and columns, up to 128.</summary>
    public static Tile Tile(int size) =>
        Block.Tile(0, size, Limits.Partitions * sizeof(float), DType.Fp32, [size], [sizeof(float)]);

    /// <summary>Stops the run when the moving operand of transpose mode is something else.</summary>
    /// <exception cref="TrnException">TRN3003.</exception>
    public static void Demand(CoreState core, in Tile moving)
    {
        Span<float> row = stackalloc float[Limits.Partitions];
        row = row[..moving.Elements];
        for (var k = 0; k < moving.Partitions; k++)
        {
            Rows.Load(moving, k, 0, row);
            for (var n = 0; n < row.Length; n++)
            {
                if (row[n] != (n == k ? 1f : 0f)) throw NotIdentity(core, k, n, row[n]);
            }
        }
    }

    private static TrnException NotIdentity(CoreState core, int k, int n, float value)
    {
        var operation = core.Current.Operation;
        return new TrnException(FailureKind.Fault, Diagnostic.Error(
            TensorCodes.NotIdentity,
            FormattableString.Invariant($"{operation.Info.Name}: moving[{k},{n}] is {value}, expected ")
            + (n == k ? "1: " : "0: ") + "with is_transpose moving is the identity",
            operation.Span));
    }

    private static NativeBlock Create()
    {
        var block = new NativeBlock(Limits.Partitions * Limits.Partitions * sizeof(float));
        for (var i = 0; i < Limits.Partitions; i++)
            BitConverter.TryWriteBytes(block.Span((i * Limits.Partitions + i) * sizeof(float), sizeof(float)), 1f);
        return block;
    }
}
