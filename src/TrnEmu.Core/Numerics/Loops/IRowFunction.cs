using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Loops;

/// <summary>
/// One result element from one element x of the first operand and y of the second, with state of its partition.
/// </summary>
internal interface IRowFunction
{
    /// <summary>Readies the scalars of a partition.</summary>
    void BeginRow(int partition);

    /// <summary>The results of 16 elements, before they are rounded to the destination's dtype.</summary>
    Vector512<float> Invoke(Vector512<float> x, Vector512<float> y);
}
