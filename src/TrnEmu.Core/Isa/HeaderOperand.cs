using System.Reflection;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa;

/// <summary>
/// A memory operand of a header, or a list of them, read without boxing. Getters are delegates bound to the record's
/// properties: expressions compiled for each would take a millisecond of a run's start for every operation it uses.
/// </summary>
internal abstract class HeaderOperand(OperandInfo info)
{
    /// <summary>The operand, or what each of the list is.</summary>
    public OperandInfo Info => info;

    /// <summary>How many patterns there are: 1 unless it is a list.</summary>
    public virtual int Count(Operation operation) => 1;

    /// <summary>A pattern; null for an operand that is absent or an immediate.</summary>
    public abstract AccessPattern? Pattern(Operation operation, int i);

    /// <summary>The operand is read.</summary>
    public abstract void Read(Operation operation, EffectSink sink);

    /// <summary>The operand is written.</summary>
    public virtual void Write(Operation operation, EffectSink sink)
    {
        if (Pattern(operation, 0) is { } pattern) sink.Write(pattern);
    }

    /// <summary>The operand as messages name it: <c>srcs[1]</c> in a list.</summary>
    public virtual OperandInfo InfoOf(int i) => info;

    /// <summary>The operand of a record type that a parameter of its constructor declares.</summary>
    public static HeaderOperand Of(Type operation, ParameterInfo parameter, OperandInfo info)
    {
        var property = operation.GetProperty(parameter.Name!)!;
        var type = property.PropertyType;
        var reader = type == typeof(AccessPattern) ? typeof(Present<>)
            : type == typeof(AccessPattern?) ? typeof(Optional<>)
            : type == typeof(ScalarOperand) ? typeof(Column<>)
            : type == typeof(ScalarOperand?) ? typeof(OptionalColumn<>)
            : type == typeof(EquatableArray<AccessPattern>) ? typeof(List<>)
            : throw new InvalidOperationException($"{operation.Name}.{property.Name}: {type} is no memory operand");
        return (HeaderOperand)Activator.CreateInstance(reader.MakeGenericType(operation), info, property)!;
    }

    private static Func<TOperation, TValue> Getter<TOperation, TValue>(PropertyInfo property) =>
        property.GetMethod!.CreateDelegate<Func<TOperation, TValue>>();

    private sealed class Present<TOperation>(OperandInfo info, PropertyInfo property) : HeaderOperand(info)
        where TOperation : Operation
    {
        private readonly Func<TOperation, AccessPattern> _get = Getter<TOperation, AccessPattern>(property);

        public override AccessPattern? Pattern(Operation operation, int i) => _get((TOperation)operation);

        public override void Read(Operation operation, EffectSink sink) => sink.Read(_get((TOperation)operation));

        public override void Write(Operation operation, EffectSink sink) => sink.Write(_get((TOperation)operation));
    }

    private sealed class Optional<TOperation>(OperandInfo info, PropertyInfo property) : HeaderOperand(info)
        where TOperation : Operation
    {
        private readonly Func<TOperation, AccessPattern?> _get = Getter<TOperation, AccessPattern?>(property);

        public override AccessPattern? Pattern(Operation operation, int i) => _get((TOperation)operation);

        public override void Read(Operation operation, EffectSink sink) => sink.Read(_get((TOperation)operation));
    }

    private sealed class Column<TOperation>(OperandInfo info, PropertyInfo property) : HeaderOperand(info)
        where TOperation : Operation
    {
        private readonly Func<TOperation, ScalarOperand> _get = Getter<TOperation, ScalarOperand>(property);

        public override AccessPattern? Pattern(Operation operation, int i) => _get((TOperation)operation).Column;

        public override void Read(Operation operation, EffectSink sink) => sink.Read(_get((TOperation)operation));
    }

    private sealed class OptionalColumn<TOperation>(OperandInfo info, PropertyInfo property) : HeaderOperand(info)
        where TOperation : Operation
    {
        private readonly Func<TOperation, ScalarOperand?> _get = Getter<TOperation, ScalarOperand?>(property);

        public override AccessPattern? Pattern(Operation operation, int i) => _get((TOperation)operation)?.Column;

        public override void Read(Operation operation, EffectSink sink) => sink.Read(_get((TOperation)operation));
    }

    private sealed class List<TOperation>(OperandInfo info, PropertyInfo property) : HeaderOperand(info)
        where TOperation : Operation
    {
        private readonly Func<TOperation, EquatableArray<AccessPattern>> _get =
            Getter<TOperation, EquatableArray<AccessPattern>>(property);

        public override int Count(Operation operation) => _get((TOperation)operation).Count;

        public override AccessPattern? Pattern(Operation operation, int i) => _get((TOperation)operation)[i];

        public override void Read(Operation operation, EffectSink sink) => sink.Read(_get((TOperation)operation));

        public override OperandInfo InfoOf(int i) =>
            Info with { Name = FormattableString.Invariant($"{Info.Name}[{i}]") };
    }
}
