using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa;

/// <summary>
/// The header of an operation, read once by reflection: everything that the text form, <c>trnemu isa</c>, verification
/// and default effects need to know. Getters are bound delegates; nothing is reflected while executing.
/// </summary>
public sealed class OperationInfo
{
    private static readonly ConcurrentDictionary<Type, OperationInfo> Cache = new();
    private static readonly Lazy<IReadOnlyList<OperationInfo>> AllLazy = new(() => [.. OperationTypes.All.Select(Of)]);
    private readonly ConstructorInfo _constructor;
    private readonly HeaderOperand[] _memory;

    private OperationInfo(Type type)
    {
        Type = type;
        Attribute = type.GetCustomAttribute<OperationAttribute>()
            ?? throw new InvalidOperationException($"{type.Name} has no [Operation]");
        _constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        Operands = [.. _constructor.GetParameters().Select(p => Describe(type, p))];
        _memory = [.. _constructor.GetParameters().Zip(Operands).Where(o => o.Second.Role != OperandRole.Parameter)
            .Select(o => HeaderOperand.Of(type, o.First, o.Second))];
    }

    /// <summary>Every operation that programs are written with, by name.</summary>
    public static IReadOnlyList<OperationInfo> All => AllLazy.Value;

    /// <summary>The record type.</summary>
    public Type Type { get; }

    /// <summary>Engines, generation, summary.</summary>
    public OperationAttribute Attribute { get; }

    /// <summary>The name in <c>nki.isa</c>.</summary>
    public string Name => Attribute.Name;

    /// <summary>Parameters in order.</summary>
    public IReadOnlyList<OperandInfo> Operands { get; }

    /// <summary>The header of an operation type.</summary>
    public static OperationInfo Of(Type type) => Cache.GetOrAdd(type, static t => new OperationInfo(t));

    /// <summary>Finds an operation by its name; null when there is none.</summary>
    public static OperationInfo? Find(string name) => All.FirstOrDefault(i => i.Name == name);

    /// <summary>Makes the operation from its arguments, in the order of <see cref="Operands"/>.</summary>
    public Operation Create(params object?[] arguments) => (Operation)_constructor.Invoke(arguments);

    /// <summary>True when an index may move an operand within the tensor that another one writes.</summary>
    internal bool CanMoveTogether(Operation operation)
    {
        if (!IsAnyMoved(operation)) return false;
        foreach (var written in _memory)
        {
            if (written.Info.Role != OperandRole.Write || written.Pattern(operation, 0) is not { } dst) continue;
            foreach (var other in _memory)
            {
                if (ReferenceEquals(other, written)) continue;
                for (var i = 0; i < other.Count(operation); i++)
                {
                    if (other.Pattern(operation, i) is { } p && p.Tensor == dst.Tensor && (p.IsMoved || dst.IsMoved)) return true;
                }
            }
        }

        return false;
    }

    private bool IsAnyMoved(Operation operation)
    {
        foreach (var operand in _memory)
        {
            for (var i = 0; i < operand.Count(operation); i++)
            {
                if (operand.Pattern(operation, i) is { IsMoved: true }) return true;
            }
        }

        return false;
    }

    /// <summary>The operation over other tensors: operands and the tensors that hold their indices.</summary>
    public Operation WithTensors(Operation operation, Func<int, int> replace) => WithPatterns(operation, p => p with
    {
        Tensor = replace(p.Tensor),
        Dynamic = p.IsDynamic && p.Dynamic.Kind != OffsetKind.Register
            ? p.Dynamic with { Source = replace(p.Dynamic.Source) } : p.Dynamic,
    });

    /// <summary>The operation with each pattern of its operands replaced.</summary>
    internal Operation WithPatterns(Operation operation, Func<AccessPattern, AccessPattern> replace) =>
        Create([.. Operands.Select(o => Replaced(o.Get(operation), replace))]) with { Span = operation.Span };

    private static object? Replaced(object? argument, Func<AccessPattern, AccessPattern> replace) => argument switch
    {
        AccessPattern pattern => replace(pattern),
        ScalarOperand { Column: { } column } => (ScalarOperand)replace(column),
        EquatableArray<AccessPattern> list => EquatableArray.Create<AccessPattern>([.. list.Select(replace)]),
        _ => argument,
    };

    /// <summary>Memory operands as the header declares them: all elements read, all elements written.</summary>
    internal void DeclaredEffects(Operation operation, EffectSink sink)
    {
        foreach (var operand in _memory)
        {
            if (operand.Info.Role == OperandRole.Read) operand.Read(operation, sink);
        }

        foreach (var operand in _memory)
        {
            if (operand.Info.Role == OperandRole.Write) operand.Write(operation, sink);
        }
    }

    /// <summary>Checks generation, engine and each operand by itself.</summary>
    internal void VerifyHeader(Operation operation, Verifier v)
    {
        if (v.Chip.Generation < Attribute.MinGeneration)
            v.Error(VerifyCodes.Generation, $"needs generation {Attribute.MinGeneration}, chip {v.Chip.Name} is generation {v.Chip.Generation}");
        if (v.Engine != Engine.None && !Attribute.Engines.Has(v.Engine))
        {
            v.Error(VerifyCodes.Engine, $"{v.Engine.Title()} engine cannot execute it: "
                + $"{string.Join(", ", Attribute.Engines.Members().Select(e => e.Title()))} can");
        }

        foreach (var operand in _memory)
        {
            var checkStart = !Attribute.IsDma && !operand.Info.AnyStart;
            for (var i = 0; i < operand.Count(operation); i++)
            {
                if (operand.Pattern(operation, i) is { } pattern)
                    PatternVerifier.Verify(v, operand.InfoOf(i), pattern, checkStart);
            }
        }
    }

    private static OperandInfo Describe(Type type, ParameterInfo p)
    {
        var property = type.GetProperty(p.Name!)!;
        var operand = p.GetCustomAttribute<OperandAttribute>();
        var role = operand switch
        {
            ReadsAttribute => OperandRole.Read,
            WritesAttribute => OperandRole.Write,
            _ => OperandRole.Parameter,
        };
        return new OperandInfo(
            SnakeCase(p.Name!), p.Name!, Nullable.GetUnderlyingType(p.ParameterType) ?? p.ParameterType, p.HasDefaultValue,
            DefaultOf(p), role, operand?.Spaces ?? MemorySpaces.None, DTypeSets.Parse(operand?.DTypes ?? ""),
            operand?.Indirect ?? false, new ParameterGetter(type, property).Get)
        {
            AnyStart = operand?.AnyStart ?? false,
        };
    }

    private static object? DefaultOf(ParameterInfo p)
    {
        if (!p.HasDefaultValue) return null;
        if (p.DefaultValue is not { } value)
            return p.ParameterType.IsValueType && Nullable.GetUnderlyingType(p.ParameterType) is null ? Activator.CreateInstance(p.ParameterType) : null;
        var plain = Nullable.GetUnderlyingType(p.ParameterType) ?? p.ParameterType;
        return plain.IsEnum ? Enum.ToObject(plain, value) : value;
    }

    /// <summary><c>Operand0</c> becomes <c>operand0</c>, <c>OobMode</c> becomes <c>oob_mode</c>.</summary>
    internal static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
