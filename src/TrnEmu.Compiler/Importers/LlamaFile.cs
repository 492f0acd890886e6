using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Importers;

/// <summary>
/// Reads llama2.c checkpoints in the legacy format: seven int32 and then fp32 tensors, little-endian, each kind of
/// tensor for all layers together. Matrices stand there as [outputs, inputs].
/// </summary>
public static class LlamaFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="TrnException">It cannot be read, or is no such checkpoint.</exception>
    public static Decoder Read(string path, ImportOptions options)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Read(stream, path, options);
        }
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw LlamaHeader.Bad(path, ImportCodes.Unreadable, $"{e.Message}");
        }
    }

    /// <summary>Reads a checkpoint from a stream that knows its length.</summary>
    /// <param name="stream">The bytes, from the first on.</param>
    /// <param name="file">Name in messages.</param>
    /// <param name="options">Types of the model.</param>
    /// <exception cref="TrnException">It is no such checkpoint.</exception>
    public static Decoder Read(Stream stream, string file, ImportOptions options)
    {
        if (stream.Length < LlamaHeader.Bytes)
            throw LlamaHeader.Bad(
                file, ImportCodes.Length, $"has {stream.Length} bytes, expected a header of {LlamaHeader.Bytes}");
        Span<byte> bytes = stackalloc byte[LlamaHeader.Bytes];
        stream.ReadExactly(bytes);
        var header = LlamaHeader.Parse(bytes, file);
        var expected = LlamaHeader.Bytes + header.Floats * sizeof(float);
        if (stream.Length != expected)
            throw LlamaHeader.Bad(
                file, ImportCodes.Length, $"has {stream.Length} bytes, expected {expected} for {header}");
        var graph = LlamaGraph.Build(header, options, file);
        return new Decoder(new Model(graph, ReadTensors(stream, header, options, file)), header.Positions,
            header.Vocabulary, options.DType);
    }

    private static IReadOnlyDictionary<string, byte[]> ReadTensors(
        Stream stream, LlamaHeader h, ImportOptions options, string file)
    {
        var tensors = new LlamaTensors(stream, file);
        if (h.IsTied) tensors.ReadBoth(LlamaNames.Embedding, LlamaNames.Classifier, h.Vocabulary, h.Dim, options.DType);
        else tensors.Read(LlamaNames.Embedding, (long)h.Vocabulary * h.Dim, options.DType);
        Norms("attention_norm");
        Matrices("wq", h.Dim, h.Dim);
        Matrices("wk", h.KvDim, h.Dim);
        Matrices("wv", h.KvDim, h.Dim);
        Matrices("wo", h.Dim, h.Dim);
        Norms("ffn_norm");
        Matrices("w1", h.Hidden, h.Dim);
        Matrices("w2", h.Dim, h.Hidden);
        Matrices("w3", h.Hidden, h.Dim);
        tensors.Read(LlamaNames.FinalNorm, h.Dim, options.DType);
        tensors.Read(LlamaNames.Cos, (long)h.Positions * h.HeadSize / 2, DType.Fp32);
        tensors.Read(LlamaNames.Sin, (long)h.Positions * h.HeadSize / 2, DType.Fp32);
        if (!h.IsTied) tensors.ReadTurned(LlamaNames.Classifier, h.Vocabulary, h.Dim, options.DType);
        return tensors.Constants;

        void Norms(string name)
        {
            for (var l = 0; l < h.Layers; l++) tensors.Read(LlamaNames.OfLayer(l, name), h.Dim, options.DType);
        }

        void Matrices(string name, int outputs, int inputs)
        {
            for (var l = 0; l < h.Layers; l++)
                tensors.ReadTurned(LlamaNames.OfLayer(l, name), outputs, inputs, options.Weights);
        }
    }
}
