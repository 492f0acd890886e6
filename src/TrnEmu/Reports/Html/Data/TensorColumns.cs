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
        block.Add("tensor.space", used.Select(t => (long)t.Space));
        block.Add("tensor.core", used.Select(t => (long)t.Core));
        block.Add("tensor.role", used.Select(t => (long)t.Role));
        block.Add("tensor.partition", used.Select(t => (long)(t.Address?.Partition ?? -1)));
        block.Add("tensor.byte", used.Select(t => (long)(t.Address?.Byte ?? -1)));
        block.Add("tensor.partitions", used.Select(t => (long)t.Partitions));
        block.Add("tensor.row", used.Select(t => t.BytesPerPartition));
        block.Add("tensor.bytes", used.Select(t => t.Bytes));
        block.Add("tensor.first", used.Select(t => touches.Tensors[t.Id].First));
        block.Add("tensor.last", used.Select(t => touches.Tensors[t.Id].Last));
        block.Add("tensor.read", used.Select(t => touches.Tensors[t.Id].Read));
        block.Add("tensor.written", used.Select(t => touches.Tensors[t.Id].Written));
        block.Add("tensor.loads", used.Select(t => (long)touches.Tensors[t.Id].Loads));
        block.Add("tensor.stores", used.Select(t => (long)touches.Tensors[t.Id].Stores));
    }

    /// <summary>Writes names and types: copies in a row of one family (a, a.1, a.2) share theirs.</summary>
    public static void Write(Utf8JsonWriter json, DataBlock block, Program program, Touches touches)
    {
        var used = Used(program, touches);
        var (names, types) = (new Numbering<string>(), new Numbering<string>());
        block.Add("tensor.name", used.Select(t => (long)names.Of(Split(t.Name).Family)));
        block.Add("tensor.number", used.Select(t => Split(t.Name).Number));
        block.Add("tensor.type", used.Select(t => (long)types.Of(t.TypeText)));
        json.Texts("tensors", names.All);
        json.Texts("types", types.All);
    }

    private static Tensor[] Used(Program program, Touches touches) =>
        [.. program.Tensors.Where(t => touches.Tensors[t.Id].First >= 0)];

    /// <summary>The name before a last number, and the number; -1 for none.</summary>
    private static (string Family, long Number) Split(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot > 0 && name.Length - dot is > 1 and < 10 && name[dot + 1] != '0' && name.AsSpan(dot + 1).IndexOfAnyExceptInRange('0', '9') < 0
            ? (name[..dot], int.Parse(name.AsSpan(dot + 1), System.Globalization.CultureInfo.InvariantCulture)) : (name, -1);
    }
}
