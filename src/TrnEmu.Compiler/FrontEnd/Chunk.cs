namespace TrnEmu.Compiler.FrontEnd;

/// <summary>A part of a dimension that is cut into pieces of one size; the last one may be smaller.</summary>
/// <param name="Index">Number of the piece, from 0.</param>
/// <param name="Start">First element.</param>
/// <param name="Length">Elements.</param>
public readonly record struct Chunk(int Index, int Start, int Length)
{
    /// <summary>One past the last element.</summary>
    public int End => Start + Length;

    /// <summary>The chunk as an index of a view.</summary>
    public static implicit operator Slice(Chunk chunk) => chunk.Start..chunk.End;

    /// <summary>The chunk as a slice, for languages without conversion operators.</summary>
    public Slice ToSlice() => this;

    /// <summary>The pieces of a dimension, in order: ceil(extent / size) of them.</summary>
    public static IEnumerable<Chunk> Each(int extent, int size)
    {
        for (var start = 0; start < extent; start += size)
            yield return new Chunk(start / size, start, Math.Min(size, extent - start));
    }

    /// <summary>This piece of a block, by its place in what the block is a piece of.</summary>
    public Chunk In(Chunk block) => this with { Start = block.Start + Start };
}
