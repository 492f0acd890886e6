using FsCheck;
using FsCheck.Fluent;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Text;

/// <summary>Values of a parameter's type, legal for the chip or not, by the type alone.</summary>
internal sealed class RandomValues(Random random, IReadOnlyList<Tensor> tensors)
{
    private static readonly float[] Floats =
        [0f, -0f, 1f, 1.5f, 0.1f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.Epsilon, 1e-7f, -3e20f];

    public object? Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } plain) return random.Next(3) == 0 ? null : Of(plain);
        if (type == typeof(AccessPattern)) return Pattern();
        if (type == typeof(ScalarOperand)) return Scalar();
        if (type == typeof(IntegerOperand))
            return random.Next(2) == 0 ? Int32() : (IntegerOperand)new Register(random.Next());
        if (type == typeof(Accumulation)) return Accumulate();
        if (type == typeof(Register)) return new Register(random.Next(64));
        if (type == typeof(bool)) return random.Next(2) == 0;
        if (type == typeof(float)) return Single();
        if (type == typeof(double)) return BitConverter.Int64BitsToDouble(random.NextInt64());
        if (type == typeof(string)) return Text();
        if (type == typeof(long)) return random.NextInt64(long.MinValue, long.MaxValue);
        if (type == typeof(uint)) return (uint)random.NextInt64(1L << 32);
        if (type == typeof(int)) return Int32();
        if (type == typeof(sbyte)) return (sbyte)random.Next(-128, 128);
        if (type.IsEnum) return Enum.GetValues(type).GetValue(random.Next(Enum.GetValues(type).Length));
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>)
            ? List(type.GetGenericArguments()[0])
            : Structure(type);
    }

    public AccessPattern Pattern()
    {
        var tensor = tensors[random.Next(tensors.Count)];
        if (random.Next(3) == 0) return AccessPattern.Whole(tensor);
        var p = new AccessPattern
        {
            Tensor = tensor.Id,
            StartPartition = random.Next(3) == 0 ? random.Next(300) : 0,
            Partitions = random.Next(1, 300),
            PartitionStep = random.Next(3) == 0 ? random.Next(-9999, 9999) : 0,
            Offset = random.Next(2) == 0 ? random.NextInt64(-1000, 1L << 40) : 0,
            DType = (DType)Of(typeof(DType))!,
            Count0 = Count(),
            Count1 = Count(),
            Count2 = Count(),
            Count3 = Count(),
            Stride0 = Stride(),
            Stride1 = Stride(),
            Stride2 = Stride(),
            Stride3 = Stride(),
            Dynamic = Dynamic(),
        };
        return random.Next(2) == 0 ? p with { Count0 = 1, Stride0 = 0, Count1 = 1, Stride1 = 0 } : p;
    }

    private ScalarOperand Scalar() => random.Next(5) switch
    {
        0 => Pattern(),
        1 => (double)random.NextInt64(int.MinValue, 1L << 32),
        2 => random.Next(2) == 0 ? uint.MaxValue : int.MinValue + 1,
        _ => Single(),
    };

    private int Count() => random.Next(2) == 0 ? 1 : random.Next(1, 200);

    private int Stride() => random.Next(2) == 0 ? 0 : random.Next(-70_000, 70_000);

    private DynamicOffset Dynamic()
    {
        var stride = random.NextInt64(-1L << 48, 1L << 48);
        return random.Next(6) switch
        {
            0 => new DynamicOffset(OffsetKind.Register, random.Next(), 0, 0, stride),
            1 => new DynamicOffset(OffsetKind.Scalar, random.Next(tensors.Count), random.Next(128), random.Next(), stride),
            2 => new DynamicOffset(
                OffsetKind.Vector, random.Next(tensors.Count), random.Next(128), random.Next(), stride, random.Next(2) * random.Next(129)),
            _ => default,
        };
    }

    private Accumulation Accumulate()
    {
        var kind = (AccumulationKind)random.Next(4);
        return kind == AccumulationKind.Mixed ? new Accumulation(kind, (EquatableArray<int>)List(typeof(int), positive: true)) : new Accumulation(kind);
    }

    private float Single() =>
        random.Next(2) == 0 ? Floats[random.Next(Floats.Length)] : BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));

    private int Int32() =>
        random.Next(3) switch { 0 => random.Next(4), 1 => random.Next(-5, 5), _ => random.Next(int.MinValue, int.MaxValue) };

    private string Text() =>
        string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => "ab\"\\#\n\t\u0085é%: "[random.Next(12)]));

    private object List(Type item, bool positive = false)
    {
        var array = Array.CreateInstance(item, random.Next(5));
        for (var i = 0; i < array.Length; i++) array.SetValue(positive ? random.Next() : Of(item), i);
        return typeof(RandomValues).GetMethod(nameof(Wrap), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .MakeGenericMethod(item).Invoke(null, [array])!;
    }

    private static EquatableArray<T> Wrap<T>(T[] items)
        where T : IEquatable<T> => EquatableArray.Create<T>(items);

    private object Structure(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Of(p.ParameterType))]);
    }
}
