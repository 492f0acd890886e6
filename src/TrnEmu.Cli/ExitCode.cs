namespace TrnEmu.Cli;

/// <summary>What the process returns; scripts depend on it.</summary>
internal static class ExitCode
{
    /// <summary>Everything asked for was done and every check passed.</summary>
    public const int Success = 0;

    /// <summary>The run finished, but a result is not what the reference says.</summary>
    public const int CheckFailed = 1;

    /// <summary>A file, an option or a program is wrong.</summary>
    public const int BadInput = 2;

    /// <summary>The emulated machine faulted.</summary>
    public const int Fault = 3;

    /// <summary>A bug in TrnEmu (EX_SOFTWARE).</summary>
    public const int Bug = 70;

    /// <summary>Ctrl-C.</summary>
    public const int Interrupted = 130;
}
