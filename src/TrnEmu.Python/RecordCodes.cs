using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Python;

/// <summary>What a call from Python can do wrong (TRN431x).</summary>
public static class RecordCodes
{
    /// <summary>An argument of the wrong kind or out of range.</summary>
    public static readonly DiagnosticCode Argument = new(
        "TRN4311", "argument", "Each parameter of an operation takes one kind of value.",
        "`trnemu isa OPERATION` shows what each parameter takes.");

    /// <summary>An option of a run that does not exist or has a value of the wrong kind.</summary>
    public static readonly DiagnosticCode Option = new(
        "TRN4312", "option of a run", "Options of a run are those of `trnemu run`.",
        "`trnemu run --help` lists them.");
}
