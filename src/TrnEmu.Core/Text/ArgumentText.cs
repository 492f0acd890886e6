using TrnEmu.Core.Isa;
using TrnEmu.Core.Text.Writing;

namespace TrnEmu.Core.Text;

/// <summary>The arguments of operations, each as the text form of the program writes it.</summary>
/// <param name="program">Names the tensors.</param>
public sealed class ArgumentText(Program program)
{
    private readonly LineWriter _line = new(program);

    /// <summary>Parameters that are not at their default, in the order of the header, with their text.</summary>
    public IEnumerable<(string Name, string Text)> Of(Operation operation)
    {
        foreach (var parameter in OperationSyntax.Of(operation.Info).Parameters)
        {
            var value = parameter.Info.Get(operation);
            if (parameter.IsDefault(value)) continue;
            if (value is null) _line.Append(Keywords.Null);
            else parameter.Codec.Write(value, _line);
            yield return (parameter.Info.Name, _line.Take());
        }
    }
}
