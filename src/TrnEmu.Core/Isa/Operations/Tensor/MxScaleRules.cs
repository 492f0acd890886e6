using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Isa.Operations.Tensor;

/// <summary>
/// Where the scales of a packed tensor lie. Eight partitions times the four parts of an element share one, so a
/// quadrant of 32 partitions has four rows of scales; they lie in four neighbouring partitions of the same quadrant, 0,
/// 4, 8 or 12 after its first. Source: nki deep dive "MXFP matrix multiplication", scale tensors and their packing.
/// </summary>
internal static class MxScaleRules
{
    /// <summary>Partitions of a quadrant.</summary>
    public const int Quadrant = 32;

    private const int Rows = 4;
    private const int LargestOffset = 12;

    /// <summary>The data lies on whole quadrants.</summary>
    public static bool Quadrants(Verifier v, string name, in AccessPattern data)
    {
        if (data.Partitions % Quadrant == 0) return true;
        v.Error(TensorCodes.Quadrants, $"{name} has {data.Partitions} partitions, must be a multiple of {Quadrant}: "
            + "scales come by quadrants");
        return false;
    }

    /// <summary>
    /// The scales have one element for each column of the data, reach the last quadrant of it, and begin in its first.
    /// </summary>
    public static void Verify(
        Verifier v, string name, in AccessPattern scale, string dataName, in AccessPattern data, long columns)
    {
        var least = data.Partitions - Quadrant + Rows;
        if (scale.Partitions < least)
        {
            v.Error(TensorCodes.ScaleShape, $"{name} has {scale.Partitions} partitions, at least {least} expected: "
                + $"{Rows} in each quadrant of the {data.Partitions} partitions of {dataName}");
        }

        if (scale.Free != columns)
        {
            v.Error(TensorCodes.ScaleShape, $"{name} has {scale.Free} elements in each partition, expected {columns}: "
                + $"one for each packed element of {dataName}");
        }

        var (start, dataStart) = (Start(v, scale), Start(v, data));
        var offset = start - dataStart;
        if (offset is >= 0 and <= LargestOffset && offset % Rows == 0) return;
        v.Error(TensorCodes.ScaleStart, $"{name} starts at partition {start}, {dataName} at {dataStart}: scales start "
            + $"0, {Rows}, … or {LargestOffset} partitions later");
    }

    /// <summary>The four rows of each quadrant are read; of an indirect operand all, as its indices say.</summary>
    public static void Read(EffectSink sink, in AccessPattern scale, in AccessPattern data)
    {
        if (scale.IsIndirect) sink.Read(scale);
        for (var q = 0; q < data.Partitions / Quadrant && !scale.IsIndirect; q++) sink.Read(Of(scale, q));
    }

    /// <summary>The four rows of each quadrant are written.</summary>
    public static void Write(EffectSink sink, in AccessPattern scale, in AccessPattern data)
    {
        for (var q = 0; q < data.Partitions / Quadrant; q++) sink.Write(Of(scale, q));
    }

    /// <summary>The rows of scales of one quadrant.</summary>
    public static AccessPattern Of(in AccessPattern scale, int quadrant) =>
        scale with { StartPartition = scale.StartPartition + quadrant * Quadrant, Partitions = Rows };

    private static int Start(Verifier v, in AccessPattern p) =>
        p.StartPartition + (v.Program.TensorOf(p).Address?.Partition ?? 0);
}
