using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Memory;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

/// <summary>Up to four [step, num] levels over a number of elements.</summary>
internal static class AffineLevels
{
    public static EquatableArray<AffineLevel> Of(Draw draw, int free)
    {
        var levels = new List<AffineLevel>();
        var rest = free;
        do
        {
            int[] divisors = [.. Enumerable.Range(1, rest).Where(d => rest % d == 0)];
            levels.Add(new AffineLevel(Step(draw), draw.Of(divisors)));
            rest /= levels[^1].Num;
        }
        while (levels.Count < 3 && draw.Chance(50));

        levels.Add(new AffineLevel(Step(draw), rest));
        return EquatableArray.Create<AffineLevel>(levels.ToArray());
    }

    public static int Step(Draw draw) =>
        draw.Chance(85) ? draw.Int(-5, 5) : draw.Random.Next(int.MinValue, int.MaxValue);
}
