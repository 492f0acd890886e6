namespace TrnEmu.Sim.Attribution;

/// <summary>What the start of an instruction waited for at last.</summary>
/// <param name="Kind">The kind of event.</param>
/// <param name="Node">The instruction whose event it is, or the signal.</param>
internal readonly record struct Cause(CauseKind Kind, int Node);

/// <summary>Kinds of events that bound a start.</summary>
internal enum CauseKind : byte
{
    /// <summary>The program begins.</summary>
    Begin,

    /// <summary>An instruction lets go of the engine.</summary>
    Free,

    /// <summary>An instruction starts: the array takes over the stationary matrix and the next can load.</summary>
    Start,

    /// <summary>A semaphore reaches the value that is waited for.</summary>
    Signal,

    /// <summary>The engine has enough of a result of its own.</summary>
    Own,

    /// <summary>Who asked before lets go of a port or PSUM bank.</summary>
    Port,

    /// <summary>None of these.</summary>
    Unexplained,
}
