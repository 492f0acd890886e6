using System.Runtime.InteropServices;
using System.Text;

namespace TrnEmu.Python;

/// <summary>
/// What the Python package calls, by function pointers. A result below 0 is a failure, which <see cref="Text"/> 0 tells;
/// no exception gets out. A session is used by one thread at a time, sessions are independent.
/// </summary>
public static unsafe class Exports
{
    /// <summary>Opens a session with options in JSON; gives its number.</summary>
    [UnmanagedCallersOnly]
    public static int Open(byte* json, int length) => Try(-1, () => Sessions.Add(new Session(new ReadOnlySpan<byte>(json, length))));

    /// <summary>Copies a text into <paramref name="destination"/> as far as it reaches; gives the length needed.</summary>
    [UnmanagedCallersOnly]
    public static int Text(int session, int what, byte* destination, int capacity)
    {
        try
        {
            var text = what == 0 && Sessions.Find(session) is null ? Sessions.Error : Sessions.Get(session).Text(what);
            var bytes = Encoding.UTF8.GetBytes(text);
            bytes.AsSpan(0, Math.Min(bytes.Length, capacity)).CopyTo(new Span<byte>(destination, capacity));
            return bytes.Length;
        }
        catch (Exception e)
        {
            return Sessions.Fail(session, e);
        }
    }

    /// <summary>Names a source file; gives its number.</summary>
    [UnmanagedCallersOnly]
    public static int File(int session, byte* path, int length) =>
        Try(session, () => Sessions.Get(session).File(Encoding.UTF8.GetString(path, length)));

    /// <summary>Makes a tensor; gives its id.</summary>
    [UnmanagedCallersOnly]
    public static int Tensor(int session, byte* record, int length)
    {
        try
        {
            return Sessions.Get(session).Tensor(new ReadOnlySpan<byte>(record, length));
        }
        catch (Exception e)
        {
            return Sessions.Fail(session, e);
        }
    }

    /// <summary>Issues an operation; 0 when it is done, 1 when it waits for the other core, 2 when both have met.</summary>
    [UnmanagedCallersOnly]
    public static int Issue(int session, byte* record, int length)
    {
        try
        {
            return Sessions.Get(session).Issue(new ReadOnlySpan<byte>(record, length));
        }
        catch (Exception e)
        {
            return Sessions.Fail(session, e);
        }
    }

    /// <summary>The last views of tensors have gone.</summary>
    [UnmanagedCallersOnly]
    public static int Free(int session, int* tensors, int count)
    {
        try
        {
            Sessions.Get(session).Free(new ReadOnlySpan<int>(tensors, count));
            return 0;
        }
        catch (Exception e)
        {
            return Sessions.Fail(session, e);
        }
    }

    /// <summary>Copies the elements of a view out; gives their bytes.</summary>
    [UnmanagedCallersOnly]
    public static long Read(int session, byte* view, int length, byte* destination, long capacity)
    {
        try
        {
            var host = new Span<byte>(destination, checked((int)capacity));
            return Sessions.Get(session).Read(new ReadOnlySpan<byte>(view, length), host);
        }
        catch (Exception e)
        {
            return Sessions.Fail(session, e);
        }
    }

    /// <summary>Copies the elements of a view in; gives their bytes.</summary>
    [UnmanagedCallersOnly]
    public static long Write(int session, byte* view, int length, byte* source, long bytes)
    {
        try
        {
            var host = new ReadOnlySpan<byte>(source, checked((int)bytes));
            return Sessions.Get(session).Write(new ReadOnlySpan<byte>(view, length), host);
        }
        catch (Exception e)
        {
            return Sessions.Fail(session, e);
        }
    }

    /// <summary>The 32 bits of a register.</summary>
    [UnmanagedCallersOnly]
    public static long Register(int session, int core, int number)
    {
        try
        {
            return Sessions.Get(session).Register(core, number);
        }
        catch (Exception e)
        {
            return Sessions.Fail(session, e);
        }
    }

    /// <summary>A loop begins or an iteration ends; 1 when an iteration begins.</summary>
    [UnmanagedCallersOnly]
    public static int Loop(int session, byte* record, int length)
    {
        try
        {
            return Sessions.Get(session).Loop(new ReadOnlySpan<byte>(record, length));
        }
        catch (Exception e)
        {
            return Sessions.Fail(session, e);
        }
    }

    /// <summary>An entry of a core waits for an earlier one, both by number.</summary>
    [UnmanagedCallersOnly]
    public static int Depends(int session, int core, long consumer, long producer) => Try(session, () =>
    {
        Sessions.Get(session).Depend(core, consumer, producer);
        return 0;
    });

    /// <summary>Ends the recording: compiles, checks and times it as the JSON says.</summary>
    [UnmanagedCallersOnly]
    public static int Finish(int session, byte* json, int length) => Try(session, () =>
    {
        Sessions.Get(session).Finish(new ReadOnlySpan<byte>(json, length));
        return 0;
    });

    /// <summary>Writes a file of the result.</summary>
    [UnmanagedCallersOnly]
    public static int Save(int session, int what, byte* path, int length) => Try(session, () =>
    {
        Sessions.Get(session).Save(what, Encoding.UTF8.GetString(path, length));
        return 0;
    });

    /// <summary>Ends a session.</summary>
    [UnmanagedCallersOnly]
    public static int Close(int session) => Try(-1, () =>
    {
        Sessions.Close(session);
        return 0;
    });

    private static int Try(int session, Func<int> call)
    {
        try
        {
            return call();
        }
        catch (Exception e)
        {
            return Sessions.Fail(session, e);
        }
    }
}
