using System.Numerics;

namespace TrnEmu.Sim.Events;

/// <summary>The sixteen parts of 32 x 32 of a systolic array; products in different ones go on at the same time.</summary>
internal sealed class ArrayCells
{
    private const int All = 0xFFFF;
    private readonly long[] _free = new long[16];

    /// <summary>When some of them are free, not before a time; 0 stands for all.</summary>
    public long Free(int cells, long time)
    {
        for (var rest = Mask(cells); rest != 0; rest &= rest - 1)
            time = Math.Max(time, _free[BitOperations.TrailingZeroCount(rest)]);
        return time;
    }

    /// <summary>Takes them until a time.</summary>
    public void Take(int cells, long until)
    {
        for (var rest = Mask(cells); rest != 0; rest &= rest - 1) _free[BitOperations.TrailingZeroCount(rest)] = until;
    }

    private static int Mask(int cells) => cells == 0 ? All : cells;
}
