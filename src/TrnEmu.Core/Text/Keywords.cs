namespace TrnEmu.Core.Text;

/// <summary>
/// Words that mean something else where a tensor's name could stand: such a tensor is never written bare.
/// </summary>
internal static class Keywords
{
    /// <summary>An optional parameter that has no value.</summary>
    public const string Null = "null";

    /// <summary>True for null, nan and inf.</summary>
    public static bool IsReserved(ReadOnlySpan<char> name) => name is Null or "nan" or "inf";
}
