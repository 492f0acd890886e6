using Google.Protobuf;
using TrnEmu.Compiler.Importers.Onnx.Proto;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>Reads ONNX models, opset 7 to 27, and the fused operations of ONNX Runtime that transformers use.</summary>
public static class OnnxFile
{
    private const int MaxBytes = int.MaxValue - 64;
    private const int MaxNesting = 100;

    /// <summary>Reads a file.</summary>
    /// <exception cref="TrnException">It cannot be read, is no ONNX model, or cannot be compiled: then one finding for
    /// each node.</exception>
    public static ImportedModel Read(string path, OnnxOptions options) =>
        ModelFile.Read(path, stream => Read(stream, path, options));

    /// <summary>Reads a model from a stream.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="file">Path in messages; external data lie in its folder.</param>
    /// <param name="options">Types, dimensions and inputs.</param>
    /// <exception cref="TrnException">As for files.</exception>
    public static ImportedModel Read(Stream stream, string file, OnnxOptions options)
    {
        var model = Parse(stream, file);
        var known = new HashSet<string>();
        while (true)
        {
            var import = new GraphImport(model, file, options, known);
            try
            {
                return import.Run();
            }
            catch (StaticNeeded needed)
            {
                var before = known.Count;
                known.UnionWith(needed.Inputs);
                if (known.Count == before) throw OnnxErrors.Bad(file, OnnxCodes.Static, $"{needed.Message}");
            }
        }
    }

    internal static ModelProto Parse(Stream stream, string file)
    {
        try
        {
            using var input = CodedInputStream.CreateWithLimits(stream, MaxBytes, MaxNesting);
            var model = new ModelProto();
            model.MergeFrom(input);
            if (model.Graph is null) throw OnnxErrors.Bad(file, OnnxCodes.Format, $"has no graph");
            return model;
        }
        catch (InvalidProtocolBufferException e)
        {
            throw OnnxErrors.Bad(file, OnnxCodes.Format, $"is no ONNX model: {e.Message}");
        }
    }
}
