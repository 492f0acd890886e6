namespace TrnEmu.Core.Dependences.Proofs;

/// <summary>
/// What has been added to one semaphore by signals each of which comes provably after the one before, so that each value
/// proves all but perhaps the last of those that it takes.
/// </summary>
internal struct SignalLog
{
    /// <summary>The steps that signalled, and the sum after each.</summary>
    public (int Step, int Sum)[]? Signals;

    /// <summary>How many there are.</summary>
    public int Count;

    /// <summary>How many there ever were, those before the last reset too.</summary>
    public int Ever;

    /// <summary>Clock component of the DMAs among them; 0 for none yet.</summary>
    public short Component;

    /// <summary>Adds a signal.</summary>
    public void Add(int step, int amount)
    {
        Signals ??= new (int, int)[4];
        if (Count == Signals.Length) Array.Resize(ref Signals, 2 * Count);
        Signals[Count] = (step, (Count == 0 ? 0 : Signals[Count - 1].Sum) + amount);
        Count++;
        Ever++;
    }

    /// <summary>Index of the first signal with which a value is reached; the last one when it never is.</summary>
    public readonly int Find(int value)
    {
        var signals = Signals!;
        int low = 0, high = Count - 1;

        // Most signals add as much as the first.
        var guess = value / Math.Max(1, signals[0].Sum);
        if (guess > 0 && guess <= high && signals[guess - 1].Sum < value && signals[guess].Sum >= value) return guess;
        if (guess > 0 && --guess <= high && signals[guess].Sum >= value && (guess == 0 || signals[guess - 1].Sum < value))
            return guess;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (signals[middle].Sum >= value) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}
