using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Passes.Spilling;

/// <summary>A part of a tensor's life for which it has bytes of SBUF, without a gap that was used for others.</summary>
internal sealed class Segment(int id, Tensor tensor, TensorLife life, int firstTouch, int lastTouch)
{
    /// <summary>Counted over all segments.</summary>
    public int Id => id;

    /// <summary>The tensor.</summary>
    public Tensor Tensor => tensor;

    /// <summary>Its life.</summary>
    public TensorLife Life => life;

    /// <summary>Index of its first stretch; from the second segment on it is reloaded before.</summary>
    public int FirstTouch => firstTouch;

    /// <summary>Index of its last stretch.</summary>
    public int LastTouch { get; private set; } = lastTouch;

    /// <summary>First entry that needs it.</summary>
    public int First => life.Touches[FirstTouch].First;

    /// <summary>Last entry that needs it.</summary>
    public int Last => life.Touches[LastTouch].Last;

    /// <summary>Its place in each partition.</summary>
    public int Byte { get; set; }

    /// <summary>It holds bytes now.</summary>
    public bool IsPlaced { get; set; }

    /// <summary>The last entry that writes it, or null: then HBM has its values already.</summary>
    public int? LastWrite
    {
        get
        {
            for (var i = LastTouch; i >= FirstTouch; i--)
            {
                if (life.Touches[i].Writes) return life.Touches[i].Last;
            }

            return null;
        }
    }

    /// <summary>
    /// The next entry that needs it, the given one or a later one; null when it cannot go to HBM before the given one.
    /// </summary>
    public int? NextUse(int entry) =>
        life.GapBefore(entry) is { } gap && gap >= FirstTouch && gap < LastTouch
            && (FirstTouch > 0 || gap >= life.WholeFrom)
            ? life.Touches[gap + 1].First : null;

    /// <summary>Ends it before the gap before an entry; gives what follows the gap.</summary>
    public Segment SplitBefore(int entry, int newId)
    {
        var gap = life.GapBefore(entry)!.Value;
        var rest = new Segment(newId, tensor, life, gap + 1, LastTouch);
        LastTouch = gap;
        return rest;
    }
}
