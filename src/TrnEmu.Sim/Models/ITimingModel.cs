using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Sim.Models;

/// <summary>
/// Says how long a piece of work occupies its unit and after how long it completes. The same work always costs the
/// same: a stream asks once for each different one.
/// </summary>
public interface ITimingModel
{
    /// <summary>Generation of the chip, which decides how operations expand: 2, 3 or 4.</summary>
    int Generation { get; }

    /// <summary>The times that belong to no single instruction.</summary>
    MachineTimes Times { get; }

    /// <summary>
    /// An instruction on an engine whose activation table set is <paramref name="loadedTable"/> (0: none yet).
    /// </summary>
    /// <exception cref="Core.Diagnostics.TrnException">The engine has no price for the instruction's class.</exception>
    Price Instruction(Engine engine, in Instruction instruction, byte loadedTable);

    /// <summary>
    /// Time for which a byte of a transfer holds the HBM channels that its rows meet in, in picoseconds; 0 for those
    /// that use all channels.
    /// </summary>
    double ChannelsPerByte(in DmaTransfer transfer) => 0;

    /// <summary>
    /// What an instruction keeps other engines from while it occupies its own: see <see cref="PortClaims"/>.
    /// </summary>
    ushort Claims(Engine engine, in Instruction instruction) => 0;

    /// <summary>
    /// One DMA engine's share of a transfer: <paramref name="rows"/> rows and the semaphore write. Occupancy counts
    /// both; latency ends when the rows are written.
    /// </summary>
    Price Share(in DmaTransfer transfer, int rows);
}
