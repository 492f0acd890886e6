using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Generation;

/// <summary>Models that are too large or not free to lie in the repository.</summary>
internal static class SharedModels
{
    /// <summary>Path of a file in $TRNEMU_MODELS, else in ../shared/models beside the repository; skips the test where
    /// it is absent.</summary>
    public static string Path(string name) => Find(name, File.Exists);

    /// <summary>Path of a folder there.</summary>
    public static string Folder(string name) => Find(name, Directory.Exists);

    private static string Find(string name, Func<string, bool> exists)
    {
        string[] folders =
        [
            Environment.GetEnvironmentVariable("TRNEMU_MODELS") ?? "",
            System.IO.Path.Combine(Repository.Root, "..", "shared", "models"),
        ];
        var found = folders.Where(f => f.Length > 0).Select(f => System.IO.Path.Combine(f, name)).FirstOrDefault(exists);
        Assert.SkipWhen(
            found is null, $"{name} is in neither $TRNEMU_MODELS nor ../shared/models: nothing to test with");
        return found!;
    }
}
