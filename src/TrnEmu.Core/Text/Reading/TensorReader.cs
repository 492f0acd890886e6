using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Core.Text.Codecs;
using TrnEmu.Core.Text.Writing;

namespace TrnEmu.Core.Text.Reading;

/// <summary>Reads declarations in the form of <see cref="TensorWriter"/>; attributes may come in any order.</summary>
internal sealed class TensorReader(LineReader line, bool locate)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Reads what follows the memory's name, and adds the tensor; false when an error was reported.</summary>
    public bool TryRead(MemorySpace space)
    {
        var start = line.Column;
        if (!TryName(out var name)) return false;
        if (TryDeclaration(space, name, start)) return true;
        line.Tensors.Refuse(name);
        return false;
    }

    private bool TryDeclaration(MemorySpace space, string name, int start)
    {
        if (!line.Take(':', "`:` and a type such as fp32[128,512]")) return false;
        if (!ValueCodecs.Of(typeof(DType)).TryRead(line, out var dtype) || !TryShape(out var shape)) return false;
        var span = line.Span();
        var tensor = new Tensor(line.Tensors.Count, name, space, (DType)dtype!, shape)
        {
            Span = locate && span == SourceSpan.None ? line.Here : span,
        };
        _seen.Clear();
        while (!line.IsAtEnd)
        {
            if (!TryAttribute(ref tensor)) return false;
        }

        if (!TensorRules.Check(line, tensor, start)) return false;
        line.Tensors.Add(tensor);
        return true;
    }

    private bool TryName(out string name)
    {
        var start = line.Column;
        name = line.Word().ToString();
        if (!Names.IsName(name))
            return line.Expected("a tensor's name (letters, digits, `_`, `.`, not starting with a digit)", start);
        if (line.Tensors.Find(name) is not null)
            return line.Fail(TextCodes.Duplicate, $"tensor `{name}` is declared above", start);
        return line.Tensors.Count < TextLimits.Tensors || line.Limit($"more than {TextLimits.Tensors} tensors", start);
    }

    private bool TryShape(out EquatableArray<int> shape)
    {
        var start = line.Column;
        shape = default;
        if (!line.TryIntegers('[', ']', "an extent", 1, TextLimits.Rank, out var extents)) return false;
        if (extents.Length == 0) return line.Fail(TextCodes.Syntax, "expected at least one extent, found `[]`", start);
        long elements = 1;
        foreach (var extent in extents)
        {
            elements *= extent;
            if (elements > TextLimits.Elements)
                return line.Limit($"tensor has more than {TextLimits.Elements} elements", start);
        }

        shape = EquatableArray.Create<int>(extents);
        return true;
    }

    private bool TryAttribute(ref Tensor tensor)
    {
        var start = line.Column;
        if (line.TryTake('@')) return TryOnce("address", start) && TryAddress(ref tensor);
        var word = line.Word();
        if (RoleNames.TryParse(word, out var role))
        {
            tensor = tensor with { Role = role };
            return TryOnce("role", start);
        }

        switch (word)
        {
            case "pinned":
                tensor = tensor with { IsPinned = true };
                return TryOnce("pinned", start);
            case "core":
                if (!line.TryInteger("a core", 0, line.Cores - 1, out var core)) return false;
                tensor = tensor with { Core = (int)core };
                return TryOnce("core", start);
            case "random" or "file" or "zeros" or "iota":
                if (!ContentReader.TryRead(line, word, out var content)) return false;
                tensor = tensor with { Content = content };
                return TryOnce("content", start);
            default:
                return line.ExpectedName("an attribute (input, constant, random, core, @, pinned, …)", word, Attributes, start);
        }
    }

    private static readonly string[] Attributes =
        ["input", "output", "inout", "constant", "random", "zeros", "iota", "file", "core", "pinned"];

    private bool TryAddress(ref Tensor tensor)
    {
        if (!line.TryInteger("a partition", 0, Limits.Partitions - 1, out var partition) || !line.Take(':'))
            return false;
        if (!line.TryInteger("a byte of the partition", 0, TextLimits.Address, out var at)) return false;
        tensor = tensor with { Address = new Address((int)partition, (int)at) };
        return true;
    }

    private bool TryOnce(string attribute, int start) =>
        _seen.Add(attribute) || line.Fail(TextCodes.Duplicate, $"tensor has two attributes of one kind: {attribute}", start);
}
