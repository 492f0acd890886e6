using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Text;

namespace TrnEmu.Compiler.Graph;

/// <summary>
/// The JSON form of a model: what <see cref="GraphText"/> says, and the constants, small ones inside as base64 and the
/// others in FILE.bin beside FILE. <c>Read(Write(m))</c> equals m.
/// <code>
/// {
///   "schema": 1,
///   "tensors": [
///     {"name":"x","role":"input","dtype":"fp32","shape":[1,64]},
///     {"name":"w","role":"constant","dtype":"fp32","shape":[64],"offset":0,"length":256,"sha256":"…"},
///     {"name":"one","role":"constant","dtype":"fp32","shape":[],"base64":"AACAPw=="}
///   ],
///   "nodes": [
///     {"output":"y","op":"rms_norm","inputs":["x","w"],"attributes":{"epsilon":1E-05},"source":"layer 0"}
///   ],
///   "outputs": [
///     "y"
///   ]
/// }
/// </code>
/// An operand that is left out is null. Types of results are not written: they follow from the operands.
/// </summary>
public static class GraphJson
{
    /// <summary>The number that "schema" has.</summary>
    public const int Schema = 1;

    /// <summary>Constants of up to so many bytes stand in the JSON itself.</summary>
    public const int InlineBytes = 64;

    /// <summary>FILE.bin of FILE.</summary>
    public static string ConstantsOf(string path) => ConstantFile.PathOf(path);

    /// <summary>Writes a model as two files; the second only where constants need it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The JSON file; its constants go to <see cref="ConstantsOf"/>.</param>
    public static void Write(Model model, string path)
    {
        using var json = File.Create(path);
        if (!NeedsFile(model))
        {
            Write(model, json, Stream.Null);
            return;
        }

        using var constants = File.Create(ConstantsOf(path));
        Write(model, json, constants);
    }

    /// <summary>Writes a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="json">The text.</param>
    /// <param name="constants">What the file of constants holds.</param>
    public static void Write(Model model, Stream json, Stream constants) =>
        new GraphJsonWriter(model, constants).Write(json);

    /// <summary>True when the model has constants that do not stand in the JSON.</summary>
    public static bool NeedsFile(Model model) => model.Constants.Values.Any(c => c.Length > InlineBytes);

    /// <summary>Reads a model.</summary>
    /// <param name="path">The JSON file; constants are read from <see cref="ConstantsOf"/>, where it names any
    /// there.</param>
    /// <exception cref="TrnException">Everything that is wrong with it.</exception>
    public static Model Read(string path) => GraphJsonReader.Read(path);
}
