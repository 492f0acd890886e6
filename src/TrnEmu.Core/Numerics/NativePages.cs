using System.Runtime.InteropServices;

namespace TrnEmu.Core.Numerics;

/// <summary>
/// Zeroed memory whose pages exist only once they are touched, and are gone once it is freed. On Linux mapped from the
/// system: the C library keeps what it is given back, and a process that makes and frees many memories grows to many
/// times what it uses.
/// </summary>
internal static unsafe partial class NativePages
{
    private const int ReadWrite = 0x1 | 0x2;
    private const int PrivateAnonymous = 0x02 | 0x20;
    private const int NoReserve = 0x4000;
    private const int HugePages = 14;
    private static readonly void* Failed = (void*)-1;

    /// <summary>Zeroed bytes; null when the system does not grant them.</summary>
    public static void* Allocate(nuint length)
    {
        if (!OperatingSystem.IsLinux()) return NativeMemory.AllocZeroed(length);
        var pages = Map(null, length, ReadWrite, PrivateAnonymous | NoReserve, -1, 0);
        return pages == Failed ? null : pages;
    }

    /// <summary>
    /// Asks for pages of 2 MiB, which most hosts give to who asks for them only: rows of a memory lie far apart, and
    /// with pages of 4 KiB nearly every row that is looked at is one whose address has to be looked up. Both bounds
    /// are multiples of 2 MiB; a host that has no such pages goes on with the small ones.
    /// </summary>
    public static void PreferHuge(void* pages, nuint length)
    {
        if (OperatingSystem.IsLinux() && length > 0) _ = Advise(pages, length, HugePages);
    }

    /// <summary>Gives the bytes back.</summary>
    public static void Free(void* pages, nuint length)
    {
        if (!OperatingSystem.IsLinux()) NativeMemory.Free(pages);
        else if (pages is not null) _ = Unmap(pages, length);
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(void* address, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "munmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unmap(void* address, nuint length);
}
