using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Core.Chips;

/// <summary>What reading a chip can find.</summary>
public static class ChipCodes
{
    /// <summary>Neither a known name nor a file.</summary>
    public static readonly DiagnosticCode Unknown = new(
        "TRN1501",
        "unknown chip",
        "The name is none of the chips that the emulator brings; a file is taken when it exists and ends in .json.",
        "Name a known chip, or give the path of a chip file.");

    /// <summary>Not JSON, or not an object where one belongs.</summary>
    public static readonly DiagnosticCode Malformed = new(
        "TRN1502",
        "malformed chip file",
        "A chip file is one JSON object; every number in it is an object of value, unit, basis and source.",
        "Start from the output of `trnemu chips NAME --json` and change its numbers.");

    /// <summary>A property that means nothing, or stands twice.</summary>
    public static readonly DiagnosticCode UnknownProperty = new(
        "TRN1503",
        "unknown property in a chip file",
        "A number that nothing reads would silently change nothing, in a chip file as in --what-if.",
        "Correct the spelling or drop the property. `trnemu chips NAME` lists the numbers of a chip by name.");

    /// <summary>A property that the model needs.</summary>
    public static readonly DiagnosticCode MissingProperty = new(
        "TRN1504",
        "missing property in a chip file",
        "The timing model has no defaults: each number must be stated with its origin.",
        "Add the property; copy it from a related chip with basis \"assumed\" if it is not known.");

    /// <summary>A value of the wrong kind or outside its range.</summary>
    public static readonly DiagnosticCode BadValue = new(
        "TRN1505",
        "value out of range in a chip file",
        "Times and sizes are finite and not negative, clocks and rates above zero, counts whole, units fixed.",
        "Correct the value. `trnemu chips NAME` shows each number with its unit, in which --what-if takes it too.");
}
