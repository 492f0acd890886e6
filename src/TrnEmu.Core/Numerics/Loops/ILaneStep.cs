using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Loops;

/// <summary>
/// One step along the free dimension in 16 partitions at once, each with a state that goes from element to element.
/// </summary>
internal interface ILaneStep
{
    /// <summary>False when y is not read.</summary>
    static abstract bool ReadsSecond { get; }

    /// <summary>
    /// Readies the scalars of <paramref name="count"/> partitions from <paramref name="partition"/> on.
    /// </summary>
    void Begin(int partition, int count);

    /// <summary>
    /// The results of one element of each partition, before they are rounded, and the states after it.
    /// </summary>
    Vector512<float> Invoke(ref Vector512<float> state, Vector512<float> x, Vector512<float> y);
}
