using System.Threading;

namespace TrnEmu.Python;

/// <summary>The open sessions by number, and the error of the last attempt to open one.</summary>
internal static class Sessions
{
    private static readonly Lock Guard = new();
    private static Session?[] _open = new Session?[16];

    /// <summary>What stopped the last call that had no session, as JSON.</summary>
    public static string Error { get; set; } = "";

    /// <summary>Keeps a session.</summary>
    public static int Add(Session session)
    {
        lock (Guard)
        {
            var number = Array.IndexOf(_open, null);
            if (number < 0)
            {
                number = _open.Length;
                var more = new Session?[2 * number];
                _open.CopyTo(more, 0);
                _open = more;
            }

            _open[number] = session;
            return number;
        }
    }

    /// <summary>A session.</summary>
    public static Session Get(int number) => Find(number) ?? throw new InvalidDataException($"session {number} is not open");

    /// <summary>A session, or null.</summary>
    public static Session? Find(int number)
    {
        var open = Volatile.Read(ref _open);
        return (uint)number < (uint)open.Length ? open[number] : null;
    }

    /// <summary>Ends a session.</summary>
    public static void Close(int number)
    {
        Session? session;
        lock (Guard)
        {
            session = Find(number);
            if (session is not null) _open[number] = null;
        }

        session?.Dispose();
    }

    /// <summary>Keeps what stopped a call.</summary>
    public static int Fail(int number, Exception exception)
    {
        var text = ErrorText.Of(exception);
        if (Find(number) is { } session) session.Error = text;
        else Error = text;
        return -1;
    }
}
