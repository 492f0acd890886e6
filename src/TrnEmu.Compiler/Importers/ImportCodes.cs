using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Importers;

/// <summary>What can be wrong with the file of a model (TRN140x).</summary>
public static class ImportCodes
{
    /// <summary>The header has numbers that no model has.</summary>
    public static readonly DiagnosticCode Header = new(
        "TRN1401", "header of a model",
        "A llama2.c file has seven int32 at its start, or behind ak42 and the version: dim, hidden_dim, layers, heads, "
        + "kv heads, vocabulary (in version 0 negative when the classifier has weights of its own), positions.",
        "Check that the file is a llama2.c checkpoint and was copied whole.");

    /// <summary>The file's length is not what its header asks for.</summary>
    public static readonly DiagnosticCode Length = new(
        "TRN1402", "length of a model", "The header determines how many numbers follow, and nothing else does.",
        "The file was cut, or is in another format; copy or convert it again.");

    /// <summary>A weight is NaN or infinite.</summary>
    public static readonly DiagnosticCode Value = new(
        "TRN1403", "weight of a model", "One weight that is not finite makes every result meaningless.",
        "The file is damaged or its training diverged; copy it again.");

    /// <summary>Another format, or another version of this one.</summary>
    public static readonly DiagnosticCode Format = new(
        "TRN1404", "format of a model",
        "llama2.c files of a version start with the magic number ak42 and that version; the legacy ones have neither.",
        "Export the model again with a version that the message names.");

    /// <summary>A file cannot be opened.</summary>
    public static readonly DiagnosticCode Unreadable = new(
        "TRN1405", "file of a model", "The file does not exist or cannot be read.",
        "Check the path and its permissions.");

    /// <summary>A safetensors file, or the index of several, that is not understood.</summary>
    public static readonly DiagnosticCode Tensors = new(
        "TRN1406", "safetensors file",
        "A safetensors file is the length of its header, a JSON header with type, shape and bytes of each tensor, and "
        + "those bytes without gaps; an index names the file of each tensor.",
        "The file was cut or damaged; copy it again.");

    /// <summary>A config.json that describes no model that can be built.</summary>
    public static readonly DiagnosticCode Config = new(
        "TRN1407", "config.json",
        "config.json beside the weights says which family a model belongs to and its sizes; of options that change what "
        + "a model computes, the built ones are accepted and all others refused.",
        "Check the value that the message names; a model with such an option can come as ONNX.");

    /// <summary>The weights do not have a tensor that the model needs, or have one that it does not.</summary>
    public static readonly DiagnosticCode Weights = new(
        "TRN1408", "tensors of a model",
        "config.json determines the names and shapes of all tensors; they are F32, F16, BF16 or F64.",
        "Check that config.json belongs to the weights, and that all files of a model in parts are there.");
}
