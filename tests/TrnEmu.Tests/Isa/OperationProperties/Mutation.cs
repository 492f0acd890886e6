using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>
/// Changes arguments of a legal operation to anything that their types can hold and a text could say.
/// </summary>
internal static class Mutation
{
    private static readonly int[] Integers =
        [int.MinValue, int.MinValue + 1, -1000, -129, -2, -1, 0, 1, 2, 3, 31, 33, 64, 127, 129, 512, 4097, 65537,
            1 << 30, int.MaxValue];

    public static Operation Of(Draw draw, Operation operation)
    {
        for (var i = draw.Int(1, 3); i > 0; i--)
        {
            var position = draw.Int(0, operation.Info.Operands.Count - 1);
            var operand = operation.Info.Operands[position];
            var isLeftOut = operand.IsOptional && IsNullable(operation, position) && draw.Chance(30);
            operation = Arguments.With(
                operation, position, isLeftOut ? null : Changed(draw, operand.Type, operand.Get(operation)));
        }

        return operation;
    }

    private static bool IsNullable(Operation operation, int position) => Nullable.GetUnderlyingType(
        operation.GetType().GetConstructors()
            .MaxBy(c => c.GetParameters().Length)!.GetParameters()[position].ParameterType) is not null;

    private static object? Changed(Draw draw, Type type, object? value) => value switch
    {
        AccessPattern p => Pattern(draw, p),
        ScalarOperand { Column: { } column } => (ScalarOperand)Pattern(draw, column),
        ScalarOperand => (ScalarOperand)draw.Number(),
        bool flag => !flag,
        int => Integer(draw),
        float => draw.Number(),
        double number => draw.Of(number + 0.5, -number, draw.Number(), 1e300, double.NaN, double.NegativeInfinity),
        Register => new Register(draw.Of(-1, int.MinValue, 0, 63)),
        IntegerOperand => draw.Chance(50) ? (IntegerOperand)Integer(draw) : new Register(-1),
        EquatableArray<int> => List(draw, () => draw.Int(-5, 4)),
        EquatableArray<AffineLevel> => List(draw, () => new AffineLevel(Integer(draw), Integer(draw))),
        Accumulation => Accumulate(draw),
        _ when type.IsEnum => draw.Of(Enum.GetValues(type).Cast<object>().ToArray()),
        _ when type == typeof(ScalarOperand) => (ScalarOperand)draw.Number(),
        _ => value,
    };

    /// <summary>Not automatic: the front end resolves that before there is a program.</summary>
    private static Accumulation Accumulate(Draw draw) => new(
        draw.Of(AccumulationKind.Overwrite, AccumulationKind.Add, AccumulationKind.Mixed),
            List(draw, () => draw.Of(Integers)));

    private static EquatableArray<T> List<T>(Draw draw, Func<T> item)
        where T : IEquatable<T> =>
            EquatableArray.Create<T>(Enumerable.Range(0, draw.Int(0, 5)).Select(_ => item()).ToArray());

    private static int Integer(Draw draw) => draw.Of(Integers);

    private static AccessPattern Pattern(Draw draw, AccessPattern p) => draw.Int(0, 14) switch
    {
        0 => p with { Tensor = draw.Int(0, draw.Tensors.Count - 1) },
        1 => p with { StartPartition = Integer(draw) },
        2 => p with { Partitions = Integer(draw) },
        3 => p with { PartitionStep = Integer(draw) },
        4 => p with { Offset = draw.Chance(50) ? Integer(draw) : p.Offset + draw.Int(-9, 9) },
        5 => p with { DType = draw.Any() },
        6 => p with { Count0 = Integer(draw) },
        7 => p with { Count1 = Integer(draw), Stride1 = draw.Of(0, 1, p.Stride1) },
        8 => p with
        {
            Count2 = Integer(draw),
            Count1 = Integer(draw),
            Count0 = Integer(draw),
            Stride0 = 0,
            Stride1 = 0,
            Stride2 = 0
        },
        9 => p with { Count3 = Integer(draw) },
        10 => p with { Stride0 = Integer(draw), Stride1 = Integer(draw) },
        11 => p with { Stride2 = Integer(draw) },
        12 => p with { Stride3 = Integer(draw) },
        _ => p with { Dynamic = Dynamic(draw) },
    };

    private static DynamicOffset Dynamic(Draw draw)
    {
        var kind = draw.Of(Enum.GetValues<OffsetKind>());
        var source = kind == OffsetKind.Register ? draw.Of(-1, 0, 5) : draw.Int(0, draw.Tensors.Count - 1);
        return new DynamicOffset(kind, source, draw.Of(-1, 0, 1, 127), draw.Of(-4, 0, 4, 1 << 20),
            draw.Of(-1L, 0, 1, 8, 1L << 30));
    }
}
