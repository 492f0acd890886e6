using System.Reflection;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Text.Codecs;

namespace TrnEmu.Core.Text;

/// <summary>One parameter of an operation in texts.</summary>
/// <param name="Info">From the header.</param>
/// <param name="Codec">Text form of its type.</param>
/// <param name="IsNullable">It can be <c>null</c>.</param>
internal sealed record ParameterSyntax(OperandInfo Info, IValueCodec Codec, bool IsNullable)
{
    /// <summary>The syntax of a parameter.</summary>
    public static ParameterSyntax Of(OperandInfo info, ParameterInfo parameter)
    {
        var isNullable =
            !parameter.ParameterType.IsValueType || Nullable.GetUnderlyingType(parameter.ParameterType) is not null;
        return new ParameterSyntax(info, ValueCodecs.Of(info.Type), isNullable);
    }

    /// <summary>True when the value need not be written.</summary>
    public bool IsDefault(object? value) => Info.IsOptional && Codec.Same(value, Info.Default);
}
