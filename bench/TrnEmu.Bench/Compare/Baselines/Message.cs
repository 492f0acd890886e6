using Google.Protobuf;

namespace TrnEmu.Bench.Compare.Baselines;

/// <summary>A protobuf message, written field by field by their numbers.</summary>
internal sealed class Message
{
    private readonly MemoryStream _bytes = new();
    private readonly CodedOutputStream _out;

    public Message() => _out = new CodedOutputStream(_bytes, leaveOpen: true);

    public Message Field(int number, long value)
    {
        _out.WriteTag(number, WireFormat.WireType.Varint);
        _out.WriteInt64(value);
        return this;
    }

    public Message Field(int number, float value)
    {
        _out.WriteTag(number, WireFormat.WireType.Fixed32);
        _out.WriteFloat(value);
        return this;
    }

    public Message Field(int number, string value) => Field(number, ByteString.CopyFromUtf8(value));

    public Message Field(int number, Message value) => Field(number, UnsafeByteOperations.UnsafeWrap(value.ToArray()));

    public Message Field(int number, ByteString value)
    {
        _out.WriteTag(number, WireFormat.WireType.LengthDelimited);
        _out.WriteBytes(value);
        return this;
    }

    public byte[] ToArray()
    {
        _out.Flush();
        return _bytes.ToArray();
    }
}
