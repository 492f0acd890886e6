namespace TrnEmu.Core.Diagnostics;

/// <summary>
/// A kind of finding. The first digit tells who finds it: 1 readers of text, files and options; 2 verification of
/// operations; 3 execution; 4 the passes. Codes are declared as static fields beside the code that reports them and
/// found by reflection (<see cref="DiagnosticCodes"/>), so <c>trnemu help TRN2103</c> knows them all.
/// </summary>
/// <param name="Id"><c>TRN</c> and four digits; stable, since scripts match on it.</param>
/// <param name="Title">What is wrong, in a few words.</param>
/// <param name="Reason">Why the chip or the emulator refuses it.</param>
/// <param name="Mend">What a user can do about it.</param>
public sealed record DiagnosticCode(string Id, string Title, string Reason, string Mend);
