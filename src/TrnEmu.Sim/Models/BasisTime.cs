using TrnEmu.Core.Chips;

namespace TrnEmu.Sim.Models;

/// <summary>A time in picoseconds, split by how the numbers behind it are known.</summary>
/// <param name="Documented">Part that rests on the vendor's documents.</param>
/// <param name="Measured">Part that rests on measurements.</param>
/// <param name="Fitted">Part that rests on fitted numbers.</param>
/// <param name="Assumed">Part that rests on assumptions.</param>
public readonly record struct BasisTime(long Documented, long Measured, long Fitted, long Assumed)
{
    /// <summary>The whole time.</summary>
    public long Total => Documented + Measured + Fitted + Assumed;

    /// <summary>All of the time on one basis.</summary>
    public static BasisTime Of(Basis basis, long time) => basis switch
    {
        Basis.Documented => new(time, 0, 0, 0),
        Basis.Measured => new(0, time, 0, 0),
        Basis.Fitted => new(0, 0, time, 0),
        _ => new(0, 0, 0, time),
    };

    /// <summary>Sum, part by part.</summary>
    public static BasisTime operator +(BasisTime left, BasisTime right) => new(
        left.Documented + right.Documented, left.Measured + right.Measured, left.Fitted + right.Fitted,
        left.Assumed + right.Assumed);

    /// <summary>Sum, part by part.</summary>
    public static BasisTime Add(BasisTime left, BasisTime right) => left + right;

    /// <summary>The time so many times.</summary>
    public static BasisTime operator *(BasisTime time, long count) => new(
        time.Documented * count, time.Measured * count, time.Fitted * count, time.Assumed * count);

    /// <summary>The time so many times.</summary>
    public static BasisTime Multiply(BasisTime time, long count) => time * count;

    /// <summary>The part on a basis as a fraction of the whole; 0 when there is no time.</summary>
    public double Share(Basis basis)
    {
        var part = basis switch
        {
            Basis.Documented => Documented,
            Basis.Measured => Measured,
            Basis.Fitted => Fitted,
            _ => Assumed,
        };
        return Total == 0 ? 0 : (double)part / Total;
    }
}
