using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Core.Text;

/// <summary>What reading a .trn text can find (TRN120x), and reading the constants beside it (TRN122x).</summary>
public static class TextCodes
{
    /// <summary>The first line is not that of a program.</summary>
    public static readonly DiagnosticCode Header = new(
        "TRN1201", "not a .trn program", "A program starts with `trn 1`: the format and its version.",
        "Check that the file is a program in text form, written by this version or an earlier one.");

    /// <summary>Something else stands where the grammar wants a certain thing.</summary>
    public static readonly DiagnosticCode Syntax = new(
        "TRN1202", "syntax", "The grammar wants something else at this column; the message says what.",
        "`trnemu fmt` shows the form of a program, `trnemu isa NAME` that of an operation.");

    /// <summary>A tensor, operation, parameter or value that is not there.</summary>
    public static readonly DiagnosticCode Unknown = new(
        "TRN1203", "unknown name", "Tensors are declared above their first use; operations and parameters are those of nki.isa.",
        "Check the spelling; `trnemu isa` lists the operations, `trnemu isa NAME` the parameters of one.");

    /// <summary>A name or section that was given before.</summary>
    public static readonly DiagnosticCode Duplicate = new(
        "TRN1204", "given twice", "Each tensor, core, parameter and attribute is given once.", "Drop or rename the second one.");

    /// <summary>A parameter without default is left out.</summary>
    public static readonly DiagnosticCode Missing = new(
        "TRN1205", "missing parameter", "The operation has no default for it.", "Add it as name=value.");

    /// <summary>A number or size beyond what a program can hold.</summary>
    public static readonly DiagnosticCode Limit = new(
        "TRN1206", "out of range", "The number does not fit its field, or the size is beyond any chip.",
        "Use a number in the range that the message states.");

    /// <summary>Attributes of a tensor that exclude each other.</summary>
    public static readonly DiagnosticCode Declaration = new(
        "TRN1207", "tensor declaration",
        "Inputs, outputs and constants lie in HBM; addresses and partitions belong to SBUF and PSUM.",
        "Change the memory, or drop the attribute.");

    /// <summary>So many errors that reading stopped.</summary>
    public static readonly DiagnosticCode TooMany = new(
        "TRN1208", "too many errors", "Reading stops after a fixed number of errors.", "Mend the first ones and try again.");

    /// <summary>The file of constants cannot be read.</summary>
    public static readonly DiagnosticCode ConstantsMissing = new(
        "TRN1221", "constants missing", "The values of constants lie in F.trn.bin beside F.trn.",
        "Copy the .bin together with the program, or compile it again.");

    /// <summary>The range of a constant is not what the tensor holds, or is not in the file.</summary>
    public static readonly DiagnosticCode ConstantsShort = new(
        "TRN1222", "constants too short", "The program names bytes that the file of constants does not have.",
        "The two files are not of one compilation, or the copy was cut; compile again.");

    /// <summary>The bytes of a constant changed.</summary>
    public static readonly DiagnosticCode ConstantsChanged = new(
        "TRN1223", "constants changed", "The bytes do not have the SHA-256 that the program states.",
        "The two files are not of one compilation, or the file is damaged; compile again.");
}
