using System.Threading;
using TrnEmu.Core.Numerics.Kernels;

namespace TrnEmu.Core.Numerics;

/// <summary>
/// One matmul in panels of 64 moving columns. Threads claim panels until none is left, and the caller is one of them,
/// so that it never waits for a helper that has not been scheduled; each output is written by one thread, in one order
/// of sums.
/// </summary>
internal sealed unsafe class PanelJob : IThreadPoolWorkItem
{
    private readonly bool[] _left = new bool[Matmul.MaxColumns / PanelProduct.Width];
    private int _unclaimed;
    private int _unfinished;
    private delegate*<PanelJob, int, void> _panel;

    /// <summary>Destination.</summary>
    public Tile Psum;

    /// <summary>Inputs.</summary>
    public MatmulInputs Inputs;

    /// <summary>
    /// The widened stationary operand, rows <see cref="MatmulWorkspace.StationaryStride"/> floats apart.
    /// </summary>
    public float* Stationary;

    /// <summary>Scales of the stationary operand, if any, a row for each group.</summary>
    public float* StationaryScales;

    /// <summary>Smallest biased exponent of the stationary operand, where pairs of bf16 were made of it.</summary>
    public int StationaryLeast;

    /// <summary>Accumulate everywhere, or where a bit of the mask is set (null: no bits).</summary>
    public bool Accumulate;

    /// <summary>Rows of (N + 63) / 64 words; null for none.</summary>
    public ulong* Mask;

    /// <summary>Some panel was left.</summary>
    public bool AnyLeft { get; private set; }

    /// <summary>Notes that a panel was not computed.</summary>
    public void Leave(int index) => AnyLeft = _left[index] = true;

    /// <summary>Whether a panel was left.</summary>
    public bool IsLeft(int index) => _left[index];

    /// <summary>No panel was left.</summary>
    public void LeaveNone()
    {
        if (AnyLeft) Array.Clear(_left);
        AnyLeft = false;
    }

    /// <summary>The bits of a row of the destination, null for none.</summary>
    public ulong* MaskRow(int row) => Mask == null ? null : Mask + row * ((Psum.Elements + 63) / 64);

    /// <summary>
    /// Calls <paramref name="panel"/> for each index below <paramref name="panels"/> and returns when all are done.
    /// </summary>
    public void Run(delegate*<PanelJob, int, void> panel, int panels, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        if (threads == 1 || panels == 1)
        {
            for (var i = 0; i < panels; i++) panel(this, i);
            return;
        }

        _panel = panel;
        _unfinished = panels;
        Volatile.Write(ref _unclaimed, panels);
        for (var i = 1; i < Math.Min(threads, panels); i++)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        Execute();
        var wait = default(SpinWait);
        while (Volatile.Read(ref _unfinished) != 0) wait.SpinOnce(sleep1Threshold: -1);
    }

    /// <summary>
    /// Claims panels. The count goes down, so a helper that comes late, even while the next matmul is being prepared,
    /// finds nothing to claim.
    /// </summary>
    public void Execute()
    {
        while (true)
        {
            var index = Interlocked.Decrement(ref _unclaimed);
            if (index < 0) return;
            _panel(this, index);
            Interlocked.Decrement(ref _unfinished);
        }
    }
}
