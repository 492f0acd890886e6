namespace TrnEmu.Core.Numerics.Loops;

/// <summary>Which elements of a partition are chosen.</summary>
internal unsafe interface IMask
{
    /// <summary>Readies the scalars of a partition.</summary>
    void BeginRow(int partition);

    /// <summary>mask[i] ≠ 0 where element start + i is chosen; may write up to a multiple of 16 values.</summary>
    void Fill(int partition, int start, uint* mask, int count);
}
