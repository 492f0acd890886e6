using System.Numerics;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Memory;

namespace TrnEmu.Sim.Models;

/// <summary>
/// How many of HBM's channels the rows of a transfer lie in. Where addresses are not hashed, rows a power of two apart
/// meet in few of them, and are as slow as those.
/// </summary>
internal static class HbmChannels
{
    /// <summary>
    /// Time for which a byte of the transfer holds the channels that it uses, in picoseconds; 0 when it uses all of
    /// them. Its first row is taken to start where a channel does.
    /// </summary>
    public static double PerByte(Chip chip, in DmaTransfer transfer)
    {
        var channels = chip.HbmChannels.ToInt32();
        if (channels == 1 || transfer.HbmPitch == 0) return 0;
        var used = BitOperations.PopCount(Used(transfer, channels, chip.HbmChannelBytes.ToInt32()));
        return used == channels ? 0 : Units.PicosecondsPerNanosecond * channels / (used * chip.HbmGbPerS);
    }

    private static ulong Used(in DmaTransfer transfer, int channels, int bytes)
    {
        var used = 0UL;
        for (var row = 0L; row < Math.Min(transfer.Rows, Limits.Partitions); row++)
        {
            var (start, end) = (row * transfer.HbmPitch, row * transfer.HbmPitch + transfer.RowBytes);
            for (var block = start / bytes; block * bytes < Math.Min(end, start + (long)channels * bytes); block++)
                used |= 1UL << (int)(block % channels);
        }

        return used;
    }
}
