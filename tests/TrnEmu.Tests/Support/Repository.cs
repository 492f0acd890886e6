namespace TrnEmu.Tests.Support;

/// <summary>Finds files of the repository from the folder of the test binaries.</summary>
internal static class Repository
{
    /// <summary>The folder that holds TrnEmu.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A path as [CallerFilePath] gives it (rooted at "./" by the build) as a path on this machine.</summary>
    public static string Path(string callerPath) =>
        callerPath.StartsWith("./", StringComparison.Ordinal) ? System.IO.Path.Combine(Root, callerPath[2..]) : callerPath;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "TrnEmu.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("TrnEmu.sln not found above the tests");
    }
}
