namespace TrnEmu;

/// <summary>Versions that reports state.</summary>
public static class Versions
{
    /// <summary>Version of this emulator: three numbers.</summary>
    public static string TrnEmu { get; } = typeof(Versions).Assembly.GetName().Version!.ToString(3);
}
