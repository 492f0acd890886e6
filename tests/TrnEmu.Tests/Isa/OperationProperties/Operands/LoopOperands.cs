using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class LoopOperands : IOperands<Loop>
{
    private static readonly int[] Edges = [int.MinValue, int.MinValue + 5, -3, 0, 1, int.MaxValue - 4, int.MaxValue];

    /// <summary>Up to nine iterations, perhaps at an end of the 32 bits.</summary>
    public Loop Make(Draw draw)
    {
        var step = draw.Chance(70) ? draw.Int(1, 3) : draw.Of(64, 1 << 20, int.MaxValue);
        var start = draw.Of(Edges);
        var stop = Math.Clamp(start + (long)step * draw.Int(-1, 8) + draw.Int(-1, 1), int.MinValue, int.MaxValue);
        return new Loop(new Register(draw.Int(0, 50)), Bound(draw, start), Bound(draw, (int)stop), step);
    }

    private static IntegerOperand Bound(Draw draw, int value)
    {
        if (draw.Chance(50)) return value;
        var register = new Register(draw.Int(51, 100));
        if (!draw.Registers.TryAdd(register.Number, value)) return value;
        return register;
    }
}

internal sealed class WhileLoopOperands : IOperands<WhileLoop>
{
    public WhileLoop Make(Draw draw)
    {
        var condition = RegisterChoice.Any(draw);
        draw.Registers[condition.Number] = draw.Of(0, 1, -1, int.MinValue);
        return new WhileLoop(condition);
    }
}

internal sealed class EndLoopOperands : IOperands<EndLoop>
{
    public EndLoop Make(Draw draw) => new();
}
