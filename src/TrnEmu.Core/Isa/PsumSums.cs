using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Isa;

/// <summary>
/// Which elements of one PSUM tensor hold a sum. Behind a loop that may not have run, some only perhaps do: then there
/// are two masks, of those that surely do and of those that may.
/// </summary>
internal sealed class PsumSums
{
    private PsumSums(PsumMask surely, PsumMask? perhaps)
    {
        Surely = surely;
        Perhaps = perhaps ?? surely;
    }

    /// <summary>No element holds a sum.</summary>
    public PsumSums(Tensor tensor)
        : this(new PsumMask(tensor), null)
    {
    }

    /// <summary>Elements that hold a sum, whichever loops have run.</summary>
    public PsumMask Surely { get; }

    /// <summary>
    /// Elements that hold one if some loops have run; the same object as long as nothing depends on it.
    /// </summary>
    public PsumMask Perhaps { get; private set; }

    /// <summary>Marks the elements as written by a matmul, or by something else.</summary>
    public void Mark(in AccessPattern p, bool isMatmul)
    {
        Surely.Mark(p, isMatmul);
        if (Perhaps != Surely) Perhaps.Mark(p, isMatmul);
    }

    /// <summary>Clears the pattern's partitions: for writes whose place is known only while running.</summary>
    public void ClearPartitions(in AccessPattern p)
    {
        Surely.ClearPartitions(p);
        if (Perhaps != Surely) Perhaps.ClearPartitions(p);
    }

    /// <summary>The same again.</summary>
    public PsumSums Clone() => new(Surely.Clone(), Perhaps == Surely ? null : Perhaps.Clone());

    /// <summary>Either this holds, or what was before.</summary>
    public void Merge(PsumSums before)
    {
        if (Perhaps == Surely && before.Perhaps == before.Surely && Surely.Says(before.Surely)) return;
        if (Perhaps == Surely) Perhaps = Surely.Clone();
        Surely.Merge(before.Surely, either: false);
        Perhaps.Merge(before.Perhaps, either: true);
    }
}
