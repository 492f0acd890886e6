using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Text.Codecs;

/// <summary>The one table of text forms: types, then families of types (enums, lists, small records).</summary>
internal static class ValueCodecs
{
    private static readonly Dictionary<Type, IValueCodec> Types = new()
    {
        [typeof(bool)] = new BooleanCodec(),
        [typeof(sbyte)] = new IntegerCodec<sbyte>(),
        [typeof(byte)] = new IntegerCodec<byte>(),
        [typeof(short)] = new IntegerCodec<short>(),
        [typeof(ushort)] = new IntegerCodec<ushort>(),
        [typeof(int)] = new IntegerCodec<int>(),
        [typeof(uint)] = new IntegerCodec<uint>(),
        [typeof(long)] = new IntegerCodec<long>(),
        [typeof(float)] = new NumberCodec<float>(),
        [typeof(double)] = new NumberCodec<double>(),
        [typeof(string)] = new StringCodec(),
        [typeof(DType)] = new EnumCodec(typeof(DType), "a dtype", static v => ((DType)v).Name()),
        [typeof(Engine)] = new EnumCodec(typeof(Engine), "an engine", static v => ((Engine)v).Name()),
        [typeof(AccessPattern)] = new PatternCodec(),
        [typeof(ScalarOperand)] = new ScalarOperandCodec(),
        [typeof(Accumulation)] = new AccumulationCodec(),
        [typeof(Register)] = new RegisterCodec(),
        [typeof(IntegerOperand)] = new IntegerOperandCodec(),
    };

    private static readonly ConcurrentDictionary<Type, IValueCodec> Cache = new(Types);

    /// <summary>The text form of a type, Nullable left out.</summary>
    /// <exception cref="InvalidOperationException">An operation has a parameter of a type that no codec knows: a
    /// bug.</exception>
    public static IValueCodec Of(Type type) => Cache.GetOrAdd(type, static t => Make(t));

    private static IValueCodec Make(Type type)
    {
        if (type.IsEnum) return new EnumCodec(type, "one of", v => OperationInfo.SnakeCase(v.ToString()!));
        if (IsList(type))
        {
            var codec = typeof(ListCodec<>).MakeGenericType(type.GetGenericArguments()[0]);
            return (IValueCodec)Activator.CreateInstance(codec)!;
        }

        if (type.IsAssignableTo(typeof(ITuple)) || IsOwnStruct(type)) return new TupleCodec(type);
        throw new InvalidOperationException($"{type} has no text form: add a codec to {nameof(ValueCodecs)}");
    }

    private static bool IsOwnStruct(Type type) =>
        type.IsValueType && type.Namespace?.StartsWith("System", StringComparison.Ordinal) == false;

    private static bool IsList(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>);
}
