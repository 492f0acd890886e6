namespace TrnEmu.Validation;

/// <summary>How far a prediction may be from a measurement.</summary>
public static class Bounds
{
    /// <summary>Mean absolute error of a chip's rows.</summary>
    public const double Mean = 0.10;

    /// <summary>Any row.</summary>
    public const double Row = 0.25;

    /// <summary>
    /// Times below this many microseconds have an absolute limit: a relative one would judge the runtime.
    /// </summary>
    public const double ShortUs = 25;

    /// <summary>That limit.</summary>
    public const double ShortErrorUs = 5;

    /// <summary>A single instruction.</summary>
    public const double Instruction = 0.05;

    /// <summary>A packet of <see cref="LargePacketBytes"/> or more.</summary>
    public const double LargePacket = 0.02;

    /// <summary>Packets from this size on are judged by a relative limit.</summary>
    public const int LargePacketBytes = 700;

    /// <summary>A smaller packet, in nanoseconds; half of the last digit of the table is granted on top.</summary>
    public const double SmallPacketNs = 2.4 + 0.05;

    /// <summary>Measured times this near to each other have no order, only a distance.</summary>
    public const double Tie = 0.01;

    /// <summary>How far apart the predictions of such a pair may be.</summary>
    public const double TieError = 0.05;

    /// <summary>True when a row is near enough.</summary>
    public static bool Allows(Measurement row, double predicted)
    {
        var toUs = row.Unit switch { "ns" => 1e-3, "us" => 1, "ms" => 1e3, _ => 0.0 };
        return toUs > 0 && row.Measured * toUs < ShortUs
            ? Math.Abs(predicted - row.Measured) * toUs <= ShortErrorUs
            : Math.Abs(predicted / row.Measured - 1) <= Row;
    }

    /// <summary>
    /// True when two predictions stand to each other as two measured values do; where these are as good as equal, also
    /// when the predictions nearly are.
    /// </summary>
    public static bool KeepsOrder(double measured, double nextMeasured, double predicted, double nextPredicted)
    {
        var (was, isNow) = (Math.Log(nextMeasured / measured), Math.Log(nextPredicted / predicted));
        return was * isNow > 0 || (Math.Abs(was) <= Math.Log(1 + Tie) && Math.Abs(isNow) <= Math.Log(1 + TieError));
    }
}
