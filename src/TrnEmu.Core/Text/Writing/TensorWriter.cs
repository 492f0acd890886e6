using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Text.Writing;

/// <summary>
/// Writes declarations in columns: <c>sbuf t0 : fp32[128,512] @ 0:0x800 pinned</c>. What a tensor does not have is left
/// out.
/// </summary>
internal sealed class TensorWriter
{
    private const int WidestName = 24;
    private const int WidestType = 24;
    private const int SpaceWidth = 5;
    private readonly int _nameEnd;
    private readonly int _typeEnd;

    /// <summary>Measures the columns.</summary>
    public TensorWriter(ReadOnlySpan<Tensor> tensors)
    {
        var (name, type) = (0, 0);
        foreach (var tensor in tensors)
        {
            name = Math.Max(name, Math.Min(tensor.Name.Length, WidestName));
            type = Math.Max(type, Math.Min(tensor.TypeText.Length, WidestType));
        }

        _nameEnd = SpaceWidth + name + 1;
        _typeEnd = _nameEnd + 2 + type + 1;
    }

    /// <summary>Appends a declaration.</summary>
    public void Write(Tensor tensor, LineWriter line)
    {
        line.Append(tensor.Space.Name()).PadTo(SpaceWidth).Append(tensor.Name).PadTo(_nameEnd).Append(": ");
        line.Append(tensor.DType.Name()).Append('[').AppendJoined(tensor.Shape.Span).Append(']').PadTo(_typeEnd);
        if (tensor.Role != TensorRole.Internal) line.Append(RoleNames.Of(tensor.Role)).Append(' ');
        if (tensor.Content is { } content) Content(content, line);
        if (tensor.Core != 0) line.Append("core ").Append(tensor.Core).Append(' ');
        if (tensor.Address is { } address)
            line.Append("@ ").Append(address.Partition).Append(':').AppendHex(address.Byte).Append(' ');
        if (tensor.IsPinned) line.Append("pinned");
    }

    private static void Content(TensorContent content, LineWriter line)
    {
        switch (content.Kind)
        {
            case ContentKind.Random:
                line.Append("random(").Append(content.Seed).Append(')');
                break;
            case ContentKind.File:
                line.Append("file(").Append(content.Offset).Append(", ").Append(content.Length);
                if (content.Sha256.Length > 0) line.Append(", ").Append(content.Sha256);
                line.Append(')');
                break;
            default:
                line.Append(content.Kind == ContentKind.Iota ? "iota" : "zeros");
                break;
        }

        line.Append(' ');
    }
}
