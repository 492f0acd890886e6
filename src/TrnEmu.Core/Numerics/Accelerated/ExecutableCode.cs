using System.Runtime.InteropServices;

namespace TrnEmu.Core.Numerics.Accelerated;

/// <summary>
/// Machine code in pages of its own: written first, then made executable and never writable again; kept as long as the
/// process lives.
/// </summary>
internal static unsafe partial class ExecutableCode
{
    private const int Read = 1, Write = 2, Execute = 4;
    private const int PrivateAnonymous = 0x02 | 0x20;
    private static readonly void* Failed = (void*)-1;

    /// <summary>Address of a copy of the code that can be called; null where the system does not grant that.</summary>
    public static byte* Place(ReadOnlySpan<byte> code)
    {
        if (!OperatingSystem.IsLinux()) return null;
        var length = (nuint)code.Length;
        var pages = Map(null, length, Read | Write, PrivateAnonymous, -1, 0);
        if (pages == Failed) return null;
        code.CopyTo(new Span<byte>(pages, code.Length));
        if (Protect(pages, length, Read | Execute) == 0) return (byte*)pages;
        _ = Unmap(pages, length);
        return null;
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unmap(void* address, nuint length);
}
