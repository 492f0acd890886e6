using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Reports.Lanes;

/// <summary>Bytes to and from HBM over time, in equal stretches of it.</summary>
/// <param name="elapsed">Time of the run in picoseconds.</param>
/// <param name="stretches">Number of stretches.</param>
internal sealed class HbmRate(long elapsed, int stretches)
{
    private readonly double[] _bytes = new double[stretches];

    /// <summary>Picoseconds of each.</summary>
    public double Stretch { get; } = Math.Max(1, elapsed) / (double)stretches;

    /// <summary>GB/s in each.</summary>
    public IEnumerable<double> GbPerS => _bytes.Select(b => b / Stretch * 1000);

    /// <summary>A share of a transfer moves evenly from start to end.</summary>
    public void Add(in DmaTransfer transfer, long bytes, long start, long end)
    {
        var moved = transfer.HbmReadOf(bytes) + transfer.HbmWrittenOf(bytes);
        if (moved == 0) return;
        var (first, last) = (IndexOf(start), IndexOf(end));
        if (first == last)
        {
            _bytes[first] += moved;
            return;
        }

        for (var i = first; i <= last; i++)
        {
            var until = i == last ? end : (i + 1) * Stretch;
            _bytes[i] += moved * Math.Max(0, until - Math.Max(start, i * Stretch)) / (end - start);
        }
    }

    private int IndexOf(long time) => Math.Clamp((int)(time / Stretch), 0, stretches - 1);
}
