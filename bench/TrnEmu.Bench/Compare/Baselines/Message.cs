using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace TrnEmu.Bench.Compare.Baselines;

/// <summary>A protobuf message, written field by field by their numbers.</summary>
internal sealed class Message
{
    private const int Varint = 0, Bytes = 2, Fixed32 = 5;
    private const int TypeBits = 3, VarintBits = 7, More = 1 << VarintBits;

    private readonly ArrayBufferWriter<byte> _out = new();

    public ReadOnlySpan<byte> Written => _out.WrittenSpan;

    public Message Field(int number, long value)
    {
        Tag(number, Varint);
        Write((ulong)value);
        return this;
    }

    public Message Field(int number, float value)
    {
        Tag(number, Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(_out.GetSpan(sizeof(float)), value);
        _out.Advance(sizeof(float));
        return this;
    }

    public Message Field(int number, string value) => Field(number, Encoding.UTF8.GetBytes(value));

    public Message Field(int number, Message value) => Field(number, value.Written);

    public Message Field(int number, ReadOnlySpan<byte> value)
    {
        Tag(number, Bytes);
        Write((ulong)value.Length);
        _out.Write(value);
        return this;
    }

    private void Tag(int number, int type) => Write((ulong)(number << TypeBits | type));

    private void Write(ulong value)
    {
        for (; value >= More; value >>= VarintBits) Write((byte)(value | More));
        Write((byte)value);
    }

    private void Write(byte value)
    {
        _out.GetSpan(1)[0] = value;
        _out.Advance(1);
    }
}
