using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Validation;

/// <summary>What can be wrong with a file of measurements (TRN17xx).</summary>
public static class ValidationCodes
{
    /// <summary>Not JSON, or not an object where one belongs.</summary>
    public static readonly DiagnosticCode Malformed = new(
        "TRN1701", "malformed file of measurements",
        "A file of measurements is one JSON object with rows by id, and perhaps ladders, instructions and packets.",
        "src/TrnEmu/Validation/measurements.json is an example, README.md beside it says what each property means.");

    /// <summary>A property that means nothing, or stands twice.</summary>
    public static readonly DiagnosticCode UnknownProperty = new(
        "TRN1702", "unknown property in a file of measurements", "What nothing reads would silently mean nothing.",
        "Correct the spelling or drop the property.");

    /// <summary>A property that is needed.</summary>
    public static readonly DiagnosticCode MissingProperty = new(
        "TRN1703", "missing property in a file of measurements",
        "A row says what ran where, what was measured, in which unit, and where the figure is from.",
        "Add the property.");

    /// <summary>A value of the wrong kind or outside its range, or the name of something that does not exist.</summary>
    public static readonly DiagnosticCode BadValue = new(
        "TRN1704", "bad value in a file of measurements",
        "Measured values are finite and above zero; chips, kernels, cases, dimensions and rows must exist.",
        "Correct the value.");

    /// <summary>A row's program cannot be timed.</summary>
    public static readonly DiagnosticCode Row = new(
        "TRN1705", "row that cannot be predicted", "What a row names does not compile or run on its chip.",
        "Run it alone with `trnemu run KERNEL --only time` to see more.");

    /// <summary>Nothing to validate.</summary>
    public static readonly DiagnosticCode Empty = new(
        "TRN1706", "no measurement", "There is no row for what was asked.",
        "Name a chip that the rows name, or leave --chip out.");
}
