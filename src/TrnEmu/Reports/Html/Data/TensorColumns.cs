using System.Globalization;
using System.Text.Json;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu.Reports.Html.Data;

/// <summary>Columns of tensors that the run touches: where each lies, when it is in use, what moves of it.</summary>
internal static class TensorColumns
{
    /// <summary>Adds them.</summary>
    public static void Add(DataBlock block, Program program, Touches touches)
    {
        var used = Used(program, touches);
        block.Add("tensor.space", used.Length, i => (long)used[i].Space);
        block.Add("tensor.core", used.Length, i => used[i].Core);
        block.Add("tensor.role", used.Length, i => (long)used[i].Role);
        block.Add("tensor.partition", used.Length, i => used[i].Address?.Partition ?? -1);
        block.Add("tensor.byte", used.Length, i => used[i].Address?.Byte ?? -1);
        block.Add("tensor.partitions", used.Length, i => used[i].Partitions);
        block.Add("tensor.row", used.Length, i => used[i].BytesPerPartition);
        block.Add("tensor.bytes", used.Length, i => used[i].Bytes);
        block.Add("tensor.first", used.Length, i => touches.Tensors[used[i].Id].First);
        block.Add("tensor.last", used.Length, i => touches.Tensors[used[i].Id].Last);
        block.Add("tensor.read", used.Length, i => touches.Tensors[used[i].Id].Read);
        block.Add("tensor.written", used.Length, i => touches.Tensors[used[i].Id].Written);
        block.Add("tensor.loads", used.Length, i => touches.Tensors[used[i].Id].Loads);
        block.Add("tensor.stores", used.Length, i => touches.Tensors[used[i].Id].Stores);
    }

    /// <summary>Writes names and types: copies in a row of one family (a, a.1, a.2) share theirs.</summary>
    public static void Write(Utf8JsonWriter json, DataBlock block, Program program, Touches touches)
    {
        var used = Used(program, touches);
        var (names, types) = (new Numbering<string>(), new Numbering<string>());
        block.Add("tensor.name", used.Length, i => names.Of(Split(used[i].Name).Family));
        block.Add("tensor.number", used.Length, i => Split(used[i].Name).Number);
        block.Add("tensor.type", used.Length, i => types.Of(used[i].TypeText));
        json.Texts("tensors", names.All);
        json.Texts("types", types.All);
    }

    private static Tensor[] Used(Program program, Touches touches) =>
        [.. program.Tensors.Where(t => touches.Tensors[t.Id].First >= 0)];

    /// <summary>The name before a last number, and the number; -1 for none.</summary>
    private static (string Family, long Number) Split(string name)
    {
        var dot = name.LastIndexOf('.');
        var isNumber = dot > 0 && name.Length - dot is > 1 and < 10 && name[dot + 1] != '0'
            && name.AsSpan(dot + 1).IndexOfAnyExceptInRange('0', '9') < 0;
        return isNumber ? (name[..dot], int.Parse(name.AsSpan(dot + 1), CultureInfo.InvariantCulture)) : (name, -1);
    }
}
