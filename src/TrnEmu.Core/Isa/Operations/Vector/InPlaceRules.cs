using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>
/// Where a destination may share bytes with a source: element i of one is element i of the other, or they are apart.
/// Dynamic addresses are known only while running and are not looked at.
/// </summary>
internal static class InPlaceRules
{
    /// <summary>The patterns are the same elements in the same order, or share no byte.</summary>
    public static void Verify(Verifier v, in AccessPattern dst, in AccessPattern source, string name)
    {
        if (!Overlap(v.Program, dst, source) || IsSame(v.Program, dst, source)) return;
        var (to, from) = (v.Program.TensorOf(dst), v.Program.TensorOf(source));
        v.Error(VectorCodes.Overlap, $"dst ({to.Name}) covers a part of {name} ({from.Name}), but not element by element");
    }

    /// <summary>True when some byte belongs to both static patterns.</summary>
    public static bool Overlap(IProgram program, in AccessPattern a, in AccessPattern b)
    {
        if (a.IsDynamic || b.IsDynamic) return false;
        var (x, y) = (program.TensorOf(a), program.TensorOf(b));
        if (x.Id != y.Id && (x.Address is null || y.Address is null || x.Space != y.Space || x.Core != y.Core)) return false;
        var (left, right) = (new AccessRuns(a, x), new AccessRuns(b, y));
        return Meet(left.Current, right.Current) && left.First < right.End && right.First < left.End && SharesRun(left, right);
    }

    private static bool IsSame(IProgram program, in AccessPattern a, in AccessPattern b)
    {
        if (a.DType.Size() != b.DType.Size() || a.Free != b.Free) return false;
        var (x, y) = (program.TensorOf(a), program.TensorOf(b));
        if ((x.Address?.Byte ?? 0) + a.Offset != (y.Address?.Byte ?? 0) + b.Offset) return false;
        if ((x.Address?.Partition ?? 0) + a.StartPartition != (y.Address?.Partition ?? 0) + b.StartPartition) return false;
        return Levels(a) == Levels(b) || (FreeElements.RunLength(a) == a.Free && FreeElements.RunLength(b) == b.Free);
    }

    private static (int, int, int, int, int, int, int, int) Levels(in AccessPattern p) =>
        (p.Count0, p.Stride0, p.Count1, p.Stride1, p.Count2, p.Stride2, p.Count3, p.Stride3);

    private static bool Meet(in AccessRange a, in AccessRange b) =>
        a.FirstPartition < b.EndPartition && b.FirstPartition < a.EndPartition;

    /// <summary>Both sets of runs in ascending order, walked together.</summary>
    private static bool SharesRun(AccessRuns left, AccessRuns right)
    {
        var (a, b) = (Sorted(left), Sorted(right));
        for (int i = 0, j = 0; i < a.Count && j < b.Count;)
        {
            if (a[i].End <= b[j].Start) i++;
            else if (b[j].End <= a[i].Start) j++;
            else return true;
        }

        return false;
    }

    private static List<(long Start, long End)> Sorted(AccessRuns runs)
    {
        var list = new List<(long Start, long End)>();
        foreach (var run in runs) list.Add((run.Start, run.End));
        list.Sort();
        return list;
    }
}
