namespace TrnEmu.Compiler.Passes.Scheduling;

/// <summary>Which of the entries that can start goes first.</summary>
internal enum ListRule : byte
{
    /// <summary>
    /// The one on which most hangs. Reaches furthest, but begins everything before it ends anything, so that the last
    /// results of many equal chains come late together.
    /// </summary>
    LongestPath,

    /// <summary>
    /// The first in program order: what was written first is never held up by what was written later.
    /// </summary>
    Oldest,
}
