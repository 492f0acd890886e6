using TrnEmu.Core.Memory;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

/// <summary>What the operations on eight values of each partition draw.</summary>
internal static class Eight
{
    public const int Values = 8;

    /// <summary>At least eight elements in each partition.</summary>
    public static (int Partitions, int Free) Shape(Draw draw)
    {
        var (partitions, free) = draw.Shape();
        return (partitions, free + Values - 1);
    }

    /// <summary>
    /// Small integers, so that there are equal ones, or any values; then eight of the same partition, or any.
    /// </summary>
    public static void Fill(Draw draw, in AccessPattern data, in AccessPattern vals)
    {
        var (dtype, free, isAny) = (data.DType, (int)data.Free, draw.Chance(40));
        var most = draw.Of(2, 9, 200);
        uint[] elements = [.. Enumerable.Range(0, (int)data.Elements).Select(_ =>
            isAny ? OperationProperties.Values.Bits(draw.Random, dtype) : Numbers.Encode(dtype, draw.Int(0, most)))];
        draw.Put(data, elements);
        var to = vals.DType;
        draw.Put(vals, Enumerable.Range(0, (int)vals.Elements).Select(i =>
        {
            var any = elements[i / Values * free + draw.Int(0, free - 1)];
            return draw.Chance(85)
                ? Numbers.Encode(to, Numbers.Decode(dtype, any)) : OperationProperties.Values.Bits(draw.Random, to);
        }));
    }
}
