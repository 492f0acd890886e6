using System.Runtime.CompilerServices;

namespace TrnEmu.Tests.Support;

/// <summary>
/// Compares text with a file under Goldens beside the test. TRNEMU_GOLDEN=write rewrites the files: on purpose only,
/// and the diff is read.
/// </summary>
internal static class Golden
{
    /// <summary>The text equals Goldens/<paramref name="name"/> beside the calling test.</summary>
    public static void Check(string name, string actual, [CallerFilePath] string caller = "") =>
        CheckFile(Path.Combine(Repository.Path(Path.GetDirectoryName(caller)!), "Goldens", name), actual);

    /// <summary>The text equals a file that the repository holds elsewhere.</summary>
    public static void CheckFile(string path, string actual)
    {
        actual = actual.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("TRNEMU_GOLDEN") == "write")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        Assert.True(File.Exists(path), $"no golden {path}; TRNEMU_GOLDEN=write makes it");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }
}
