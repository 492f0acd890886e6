using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

/// <summary>
/// The data of an activation. Functions with a limited range run without the check, or on data within the range that
/// is their argument as it is, or, seldom, on any data.
/// </summary>
internal sealed class ActivationArguments
{
    public ActivationArguments(Draw draw, DType dtype, int partitions, int free, ActivationFunction function)
    {
        Function = function;
        Data = draw.Tile(draw.OnChip(), dtype, partitions, free);
        if (!Ranges.IsLimited(function)) return;
        draw.Arithmetic = Arithmetic.Default with { IsStrict = draw.Chance(50) };
        IsPlain = draw.Arithmetic.IsStrict && draw.Chance(85);
        if (IsPlain) draw.Fill(Data, Within(draw));
    }

    public ActivationFunction Function { get; }

    public AccessPattern Data { get; }

    /// <summary>True when the data are the arguments: no scale, no bias.</summary>
    public bool IsPlain { get; }

    private uint[] Within(Draw draw)
    {
        var dtype = Data.DType;
        var elements = new uint[draw.Tensors[Data.Tensor].Bytes / dtype.Size()];
        for (var i = 0; i < elements.Length; i++)
        {
            do elements[i] = Values.Bits(draw.Random, dtype);
            while (Numbers.Decode(dtype, elements[i]) is var x && !float.IsNaN(x) && !Ranges.Has(Function, x));
        }

        return elements;
    }
}
