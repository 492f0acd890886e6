using System.Buffers;
using System.Buffers.Binary;

namespace TrnEmu.Reports.Html.Data;

/// <summary>
/// Packs bytes in which much repeats: stretches of new bytes, each followed by a copy of earlier ones. The same bytes
/// on every machine, which a library's packer does not promise. Four bytes of length, then again and again: number of
/// new bytes, those, length of the copy less <see cref="Shortest"/>, distance back; numbers unsigned, seven bits a byte.
/// </summary>
internal static class Packing
{
    /// <summary>Copies are at least this long.</summary>
    public const int Shortest = 5;

    private const int HashBits = 17;
    private const int Bits = 7;
    private const byte More = 0x80;
    private const ulong Spread = 0x9E3779B185EBCA87;

    /// <summary>Packs.</summary>
    public static ReadOnlyMemory<byte> Pack(ReadOnlySpan<byte> bytes)
    {
        var output = new ArrayBufferWriter<byte>(bytes.Length / 4 + 64);
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(sizeof(int)), bytes.Length);
        output.Advance(sizeof(int));
        var places = new int[1 << HashBits];
        var written = 0;
        for (var at = 0; at + sizeof(ulong) <= bytes.Length;)
        {
            var hash = Hash(bytes[at..]);
            var before = places[hash] - 1;
            places[hash] = at + 1;
            var length = before < 0 ? 0 : bytes[at..].CommonPrefixLength(bytes[before..]);
            if (length < Shortest)
            {
                at++;
                continue;
            }

            Literals(bytes[written..at], output);
            Number(length - Shortest, output);
            Number(at - before, output);
            var end = Math.Min(at + length, bytes.Length - sizeof(ulong));
            for (var i = at + 1; i < end; i += 2) places[Hash(bytes[i..])] = i + 1;
            at += length;
            written = at;
        }

        Literals(bytes[written..], output);
        return output.WrittenMemory;
    }

    /// <summary>Unpacks; for tests, the page's script does it otherwise.</summary>
    public static byte[] Unpack(ReadOnlySpan<byte> packed)
    {
        var bytes = new byte[BinaryPrimitives.ReadInt32LittleEndian(packed)];
        var (from, at) = (sizeof(int), 0);
        while (true)
        {
            var fresh = Number(packed, ref from);
            packed.Slice(from, fresh).CopyTo(bytes.AsSpan(at));
            from += fresh;
            at += fresh;
            if (at == bytes.Length) return bytes;
            var length = Number(packed, ref from) + Shortest;
            var distance = Number(packed, ref from);
            for (var end = at + length; at < end; at++) bytes[at] = bytes[at - distance];
            if (at == bytes.Length && from == packed.Length) return bytes;
        }
    }

    private static int Hash(ReadOnlySpan<byte> bytes) =>
        (int)((BinaryPrimitives.ReadUInt64LittleEndian(bytes) << (64 - 8 * Shortest)) * Spread >> (64 - HashBits));

    private static void Literals(ReadOnlySpan<byte> bytes, ArrayBufferWriter<byte> output)
    {
        Number(bytes.Length, output);
        output.Write(bytes);
    }

    private static void Number(int value, ArrayBufferWriter<byte> output)
    {
        for (; value >= More; value >>= Bits) output.Write([(byte)(value | More)]);
        output.Write([(byte)value]);
    }

    private static int Number(ReadOnlySpan<byte> packed, ref int from)
    {
        var (value, shift) = (0, 0);
        for (; packed[from] >= More; shift += Bits) value |= (packed[from++] & ~More) << shift;
        return value | packed[from++] << shift;
    }
}
