using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Text.Reading;
using TrnEmu.Core.Text.Writing;

namespace TrnEmu.Core.Text.Codecs;

/// <summary>
/// <c>true</c> adds, <c>false</c> overwrites, <c>automatic</c>, or <c>mixed(64,192,…)</c>: alternating runs.
/// </summary>
internal sealed class AccumulationCodec : IValueCodec
{
    /// <inheritdoc/>
    public string Kind => "true, false, automatic or mixed(run,…)";

    /// <inheritdoc/>
    public string Example => "false";

    /// <inheritdoc/>
    public void Write(object value, LineWriter line)
    {
        var accumulation = (Accumulation)value;
        switch (accumulation.Kind)
        {
            case AccumulationKind.Mixed:
                line.Append("mixed(").AppendJoined(accumulation.Runs.Span).Append(')');
                break;
            case AccumulationKind.Automatic:
                line.Append("automatic");
                break;
            default:
                line.Append(accumulation.Kind == AccumulationKind.Add ? "true" : "false");
                break;
        }
    }

    /// <inheritdoc/>
    public bool TryRead(LineReader line, out object? value)
    {
        value = null;
        var start = line.Column;
        switch (line.Word())
        {
            case "true":
                value = Accumulation.Add;
                return true;
            case "false":
                value = Accumulation.Overwrite;
                return true;
            case "automatic":
                value = Accumulation.Automatic;
                return true;
            case "mixed":
                if (!line.TryIntegers('(', ')', "a run length", 0, TextLimits.Items, out var runs)) return false;
                value = new Accumulation(AccumulationKind.Mixed, EquatableArray.Create<int>(runs));
                return true;
            default:
                return line.Expected(Kind, start);
        }
    }
}
