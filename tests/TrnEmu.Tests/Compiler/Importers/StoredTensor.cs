using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Compiler.Importers;

/// <summary>A tensor of a safetensors file under test.</summary>
/// <param name="Stored">Type in the file's word.</param>
/// <param name="Shape">Extents.</param>
/// <param name="Bytes">Elements.</param>
/// <param name="Values">The numbers that the bytes stand for.</param>
internal sealed record StoredTensor(string Stored, int[] Shape, byte[] Bytes, double[] Values)
{
    /// <summary>The numbers rounded to the type.</summary>
    public static StoredTensor Of(string stored, int[] shape, double[] values)
    {
        if (stored == "F64")
        {
            // fp64 weights become fp32 numbers: that is what the model then has.
            var singles = values.Select(v => (double)(float)v).ToArray();
            return new StoredTensor(stored, shape, [.. values.SelectMany(BitConverter.GetBytes)], singles);
        }

        var dtype = stored switch { "F16" => DType.Fp16, "BF16" => DType.Bf16, _ => DType.Fp32 };
        var bytes = GraphBytes.Encode(dtype, [.. values.Select(v => (double)(float)v)]);
        return new StoredTensor(stored, shape, bytes, GraphBytes.Decode(dtype, bytes));
    }
}
