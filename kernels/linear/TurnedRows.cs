namespace TrnEmu.Kernels.Linear;

/// <summary>
/// Rows x[T, F] with their features on partitions, as a product contracts them: feature 128 j + p in partition p, slot
/// j. The Tensor engine transposes 128 features at a time; as many slots as a PSUM bank holds leave it in one copy.
/// </summary>
internal static class TurnedRows
{
    private const int Height = Limits.Partitions;

    /// <summary>Loads HBM rows [T, F], T up to 128, as a dtype, and turns them: [128, slots, T] in SBUF.</summary>
    public static TensorView Load(KernelBuilder k, TensorView rows, DType dtype)
    {
        // Bytes leave the Tensor engine two apart from generation 3 on: fp8 is turned as bf16, which holds it exactly.
        var tile = k.Sbuf("rows", dtype.Size() == 1 ? DType.Bf16 : dtype, rows.Shape);
        k.Issue(new DmaCopy(tile, rows));
        return Turn(k, tile, dtype);
    }

    /// <summary>Turns SBUF rows [T, F], T up to 128: [min(F, 128), slots, T] in SBUF, of their dtype or
    /// another.</summary>
    public static TensorView Turn(KernelBuilder k, TensorView rows, DType? dtype = null)
    {
        var (count, features) = (rows.Shape[0], rows.Shape[1]);
        var (full, rest) = Math.DivRem(features, Height);
        var slotCount = (features + Height - 1) / Height;
        var turned = k.Sbuf("turned", dtype ?? rows.DType, [Math.Min(features, Height), slotCount, count]);
        var slotsOfBank = k.Chip.PsumBankBytes.ToInt32() / (count * rows.DType.Size());
        foreach (var slots in Chunk.Each(full, slotsOfBank)) Turn(k, turned[.., slots], rows[.., Features(slots)]);
        if (rest > 0) Turn(k, turned[..rest, full..], rows[.., (full * Height)..]);
        return turned;
    }

    /// <summary>Up to one bank: all partitions of some slots, from features that fill them.</summary>
    private static void Turn(KernelBuilder k, TensorView turned, TensorView rows)
    {
        var bank = k.Psum("flipped", rows.DType, turned.Shape);
        foreach (var slot in Chunk.Each(rows.Shape[1], Height))
            k.Issue(new NcTranspose(bank[.., slot.Index], rows[.., slot]));
        k.Issue(new TensorCopy(turned, bank));
    }

    private static Slice Features(Chunk slots) => (slots.Start * Height)..(slots.End * Height);
}
