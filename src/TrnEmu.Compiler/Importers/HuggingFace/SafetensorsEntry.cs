namespace TrnEmu.Compiler.Importers.HuggingFace;

/// <summary>A tensor of a safetensors file.</summary>
/// <param name="File">The file.</param>
/// <param name="Name">Name in the file.</param>
/// <param name="Stored">Its type, in the file's word: F32, BF16, …</param>
/// <param name="Shape">Extents, outermost first.</param>
/// <param name="Offset">First byte in the file.</param>
/// <param name="Bytes">Bytes of all elements.</param>
internal sealed record SafetensorsEntry(
    string File, string Name, string Stored, IReadOnlyList<long> Shape, long Offset, long Bytes)
{
    /// <summary><c>F32[2,3]</c>.</summary>
    public override string ToString() => $"{Stored}[{string.Join(',', Shape)}]";
}
