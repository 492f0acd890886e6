using System.Buffers.Binary;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Importers.HuggingFace;

/// <summary>The element types of safetensors files.</summary>
internal static class SafetensorsTypes
{
    private static readonly Dictionary<string, int> Bits = new()
    {
        ["F64"] = 64,
        ["F32"] = 32,
        ["F16"] = 16,
        ["BF16"] = 16,
        ["F8_E4M3"] = 8,
        ["F8_E5M2"] = 8,
        ["F8_E8M0"] = 8,
        ["F6_E2M3"] = 6,
        ["F6_E3M2"] = 6,
        ["F4"] = 4,
        ["C64"] = 64,
        ["BOOL"] = 8,
        ["I64"] = 64,
        ["I32"] = 32,
        ["I16"] = 16,
        ["I8"] = 8,
        ["U64"] = 64,
        ["U32"] = 32,
        ["U16"] = 16,
        ["U8"] = 8,
    };

    /// <summary>Bits of an element; null for a word that no type has.</summary>
    public static int? BitsOf(string stored) => Bits.TryGetValue(stored, out var bits) ? bits : null;

    /// <summary>True for the types that weights may have.</summary>
    public static bool IsWeight(string stored) => stored is "F64" or "F32" or "F16" or "BF16";

    /// <summary>Converts little-endian elements of such a type; F64 is rounded to fp32, the others are exact.</summary>
    public static void Widen(string stored, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        if (stored != "F64")
        {
            var dtype = stored switch { "F32" => DType.Fp32, "F16" => DType.Fp16, _ => DType.Bf16 };
            Conversions.Widen(dtype, bytes, values);
            return;
        }

        for (var i = 0; i < values.Length; i++)
            values[i] = (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(i * sizeof(double))..]);
    }
}
