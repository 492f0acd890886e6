using System.Linq.Expressions;
using System.Reflection;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Memory;

namespace TrnEmu.Python;

/// <summary>Makes operations of one kind from records: compiled once from the header, without boxing.</summary>
internal sealed class OperationReader
{
    private static readonly OperationReader?[] Cache = new OperationReader?[OperationTypes.All.Count];

    private static readonly Dictionary<Type, string> Methods = new()
    {
        [typeof(AccessPattern)] = nameof(RecordReader.View),
        [typeof(ScalarOperand)] = nameof(RecordReader.Scalar),
        [typeof(EquatableArray<AccessPattern>)] = nameof(RecordReader.Views),
        [typeof(EquatableArray<int>)] = nameof(RecordReader.Integers),
        [typeof(EquatableArray<float>)] = nameof(RecordReader.Singles),
        [typeof(EquatableArray<AffineLevel>)] = nameof(RecordReader.Levels),
        [typeof(bool)] = nameof(RecordReader.Boolean),
        [typeof(int)] = nameof(RecordReader.Integer),
        [typeof(float)] = nameof(RecordReader.Single),
        [typeof(double)] = nameof(RecordReader.Real),
        [typeof(Register)] = nameof(RecordReader.Register),
        [typeof(IntegerOperand)] = nameof(RecordReader.IntegerOrRegister),
        [typeof(Accumulation)] = nameof(RecordReader.Accumulate),
        [typeof((int, int))] = nameof(RecordReader.Pair),
    };

    private readonly Func<RecordReader, Operation> _make;
    private readonly int _parameters;
    private readonly bool _isCopy;

    private OperationReader(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        var attribute = type.GetCustomAttribute<OperationAttribute>()!;
        Name = attribute.Name;
        _parameters = constructor.GetParameters().Length;
        _isCopy = type == typeof(Core.Isa.Operations.Dma.DmaCopy) || type == typeof(Core.Isa.Operations.Dma.DmaCompute);
        var reader = Expression.Parameter(typeof(RecordReader));
        var made = Expression.New(constructor, constructor.GetParameters().Select(p => Argument(reader, p)));
        var span = typeof(Operation).GetProperty(nameof(Operation.Span))!;
        var body = Expression.MemberInit(made, Expression.Bind(span, Expression.Property(reader, nameof(RecordReader.Span))));
        _make = Expression.Lambda<Func<RecordReader, Operation>>(body, reader).Compile();
    }

    /// <summary>Name of the operation.</summary>
    public string Name { get; }

    /// <summary>The reader of the operation with this index in <see cref="OperationTypes.All"/>.</summary>
    public static OperationReader Of(int index)
    {
        if ((uint)index >= (uint)Cache.Length) throw new InvalidDataException($"operation {index} does not exist");
        return Cache[index] ??= new OperationReader(OperationTypes.All[index]);
    }

    /// <summary>The operation that the reader's arguments make.</summary>
    public Operation Read(RecordReader reader)
    {
        if (_isCopy) reader.FindRows(_parameters);
        var operation = _make(reader);
        reader.End();
        return operation;
    }

    private static Expression Argument(Expression reader, ParameterInfo p)
    {
        var type = Nullable.GetUnderlyingType(p.ParameterType) ?? p.ParameterType;
        var name = Expression.Constant(OperationInfo.SnakeCase(p.Name!));
        var read = Expression.Convert(
            type.IsEnum
                ? Expression.Call(reader, nameof(RecordReader.Word), [type], name)
                : Expression.Call(reader, typeof(RecordReader).GetMethod(Methods[type])!, name),
            p.ParameterType);
        if (!p.HasDefaultValue) return read;
        Expression otherwise = p.DefaultValue is { } value
            ? Expression.Convert(Expression.Constant(type.IsEnum ? Enum.ToObject(type, value) : value), p.ParameterType)
            : Expression.Default(p.ParameterType);
        return Expression.Condition(Expression.Call(reader, nameof(RecordReader.TakeNone), null), otherwise, read);
    }
}
