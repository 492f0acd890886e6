using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

/// <summary>What the four operations on registers draw from.</summary>
internal static class RegisterChoice
{
    public static Register Any(Draw draw) => new(draw.Int(0, 100));

    /// <summary>A register that holds something.</summary>
    public static Register Known(Draw draw)
    {
        var register = Any(draw);
        draw.Registers[register.Number] = draw.Random.Next(int.MinValue, int.MaxValue);
        return register;
    }

    /// <summary>One integer in HBM or SBUF, perhaps at a dynamic address.</summary>
    public static AccessPattern Element(Draw draw, Use use)
    {
        var dtype = draw.Turns.Of([.. DTypes.All.Where(d => d.IsInteger())]);
        return DynamicAddress.Whole(draw, draw.Tile(draw.Of(MemorySpace.Hbm, MemorySpace.Sbuf), dtype, 1, 1, use));
    }
}
