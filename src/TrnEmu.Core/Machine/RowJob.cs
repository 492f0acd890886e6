using System.Runtime.ExceptionServices;
using System.Threading;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Machine;

/// <summary>
/// One operation in parts of some rows each. Threads claim parts until none is left, and the caller is one of them, so
/// that it never waits for a helper that has not been scheduled; each row is computed by one thread.
/// </summary>
internal sealed class RowJob : IThreadPoolWorkItem
{
    private readonly CoreState[] _parts;
    private readonly ExceptionDispatchInfo?[] _faults;
    private readonly int _threads;
    private readonly RowGrain _grain;
    private int _unclaimed;
    private int _unfinished;

    /// <summary>Parts of one core's operations.</summary>
    public RowJob(CoreState core, int threads, RowGrain grain)
    {
        _threads = threads;
        _grain = grain;
        _parts = new CoreState[(Limits.Partitions + grain.Rows - 1) / grain.Rows];
        _faults = new ExceptionDispatchInfo?[_parts.Length];
        for (var i = 0; i < _parts.Length; i++) _parts[i] = new CoreState(core);
    }

    /// <summary>Executes the operation if that pays; false when it is left to the caller.</summary>
    public bool Run(CoreState core, in Entry entry)
    {
        if (entry.Operation is not IRowwise operation) return false;
        var operands = new RowOperands(core);
        operation.Name(ref operands);
        var rows = operands.Rows;
        var count = (rows + _grain.Rows - 1) / _grain.Rows;
        if (count < 2 || count > _parts.Length || operands.Elements < _grain.Elements) return false;
        for (var i = 0; i < count; i++)
            _parts[i].Become(core, entry, i * _grain.Rows, Math.Min(_grain.Rows, rows - i * _grain.Rows));
        _unfinished = count;
        Volatile.Write(ref _unclaimed, count);
        for (var i = 1; i < Math.Min(_threads, count); i++) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        Execute();
        var wait = default(SpinWait);
        while (Volatile.Read(ref _unfinished) != 0) wait.SpinOnce(sleep1Threshold: -1);
        Rethrow(count);
        return true;
    }

    /// <summary>
    /// Claims parts. The count goes down, so a helper that comes late, even while the next operation is being prepared,
    /// finds nothing to claim.
    /// </summary>
    public void Execute()
    {
        while (true)
        {
            var index = Interlocked.Decrement(ref _unclaimed);
            if (index < 0) return;
            Execute(index);
            Interlocked.Decrement(ref _unfinished);
        }
    }

    private void Execute(int index)
    {
        try
        {
            _parts[index].Current.Operation.Execute(_parts[index]);
        }
        catch (Exception e)
        {
            _faults[index] = ExceptionDispatchInfo.Capture(e);
        }
    }

    /// <summary>The fault of the first rows, which is the one that a single thread meets.</summary>
    private void Rethrow(int count)
    {
        ExceptionDispatchInfo? first = null;
        for (var i = count - 1; i >= 0; i--)
        {
            first = _faults[i] ?? first;
            _faults[i] = null;
        }

        first?.Throw();
    }
}
