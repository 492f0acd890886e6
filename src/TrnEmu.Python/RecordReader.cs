using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;

namespace TrnEmu.Python;

/// <summary>
/// Reads records: little-endian fields one after the other. A reused object; a record that ends too early or names what
/// does not exist is a mistake of the Python package, not of its user, and throws <see cref="InvalidDataException"/>.
/// </summary>
internal sealed partial class RecordReader(IProgram program)
{
    private byte[] _bytes = new byte[1024];
    private int _length;
    private int _at;

    /// <summary>The user's line of the operation that is read.</summary>
    public SourceSpan Span { get; private set; }

    /// <summary>The operation that is read, for messages.</summary>
    public string Operation { get; private set; } = "";

    /// <summary>Begins with a copy of a record.</summary>
    public void Begin(ReadOnlySpan<byte> record)
    {
        if (record.Length > _bytes.Length) _bytes = new byte[2 * record.Length];
        record.CopyTo(_bytes);
        _length = record.Length;
        _at = 0;
        Rows = 0;
    }

    /// <summary>The record is read to its end.</summary>
    public void End()
    {
        if (_at != _length) throw new InvalidDataException($"{_length - _at} bytes are left of a record for {Operation}");
    }

    /// <summary>Whose arguments come next.</summary>
    public void For(string operation, SourceSpan span) => (Operation, Span) = (operation, span);

    /// <summary>The next byte.</summary>
    public byte U8() => Take(1)[0];

    /// <summary>The next two bytes.</summary>
    public ushort U16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    /// <summary>The next four bytes.</summary>
    public int I32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    /// <summary>The next eight bytes.</summary>
    public long I64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    /// <summary>The next eight bytes.</summary>
    public double F64() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    /// <summary>A length in a byte, and as many bytes of UTF-8.</summary>
    public string Text() => Encoding.UTF8.GetString(Take(U8()));

    /// <summary>A byte that names a member of an enumeration.</summary>
    public T Member<T>()
        where T : struct, Enum
    {
        var value = U8();
        return value < Members<T>.Count
            ? Unsafe.BitCast<byte, T>(value) : throw new InvalidDataException($"{typeof(T).Name} {value} does not exist");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _length - _at) throw new InvalidDataException($"a record for {Operation} has {_length} bytes and should have more");
        _at += count;
        return _bytes.AsSpan(_at - count, count);
    }

    /// <summary>Members count from 0.</summary>
    private static class Members<T>
        where T : struct, Enum
    {
        public static readonly int Count = Enum.GetValues<T>().Length;
    }

    private TrnException Wrong(string message) =>
        new(FailureKind.BadInput, Diagnostic.Error(RecordCodes.Argument, $"{Operation}: {message}", Span));
}
