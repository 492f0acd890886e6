using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>How often each special value was an operand or a result.</summary>
internal sealed class ValueCounts
{
    public static readonly string[] Kinds = ["NaN", "Inf", "-0", "denormal", "largest", "tie"];

    public long[] Numbers { get; } = new long[Kinds.Length];

    public void Read(DType dtype, IReadOnlyList<float> values)
    {
        if (!dtype.IsFloat()) return;
        var format = FloatFormat.Of(dtype);
        var largest = Oracles.Numbers.Decode(dtype, format.Largest);
        var smallest = Math.ScaleB(1, format.Smallest);
        foreach (var value in values)
        {
            if (float.IsNaN(value)) Numbers[0]++;
            else if (float.IsInfinity(value)) Numbers[1]++;
            else if (value == 0) Numbers[2] += float.IsNegative(value) ? 1 : 0;
            else if (Math.Abs(value) < smallest) Numbers[3]++;
            else if (Math.Abs(value) == largest) Numbers[4]++;
        }
    }

    public void Wrote(DType dtype, float value) => Numbers[5] += Oracles.Numbers.IsTie(dtype, value) ? 1 : 0;

    public void Add(ValueCounts other)
    {
        for (var i = 0; i < Numbers.Length; i++) Numbers[i] += other.Numbers[i];
    }
}
