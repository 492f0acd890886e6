using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Importers;

/// <summary>
/// Reads llama2.c checkpoints: a header and then tensors, little-endian, each kind of tensor for all layers together.
/// Matrices stand there as [outputs, inputs]. The int8 weights of version 2 become the numbers that they stand for, in
/// the type of the model.
/// </summary>
public static class LlamaFile
{
    /// <summary>Begins every sequence and, when the model gives it, ends the answer.</summary>
    private const int Boundary = 1;

    /// <summary>Reads a file.</summary>
    /// <exception cref="TrnException">It cannot be read, or is no such checkpoint.</exception>
    public static Decoder Read(string path, ImportOptions options) =>
        ModelFile.Read(path, stream => Read(stream, path, options));

    /// <summary>Reads a checkpoint from a stream that knows its length.</summary>
    /// <param name="stream">The bytes, from the first on.</param>
    /// <param name="file">Name in messages.</param>
    /// <param name="options">Types of the model.</param>
    /// <exception cref="TrnException">It is no such checkpoint.</exception>
    public static Decoder Read(Stream stream, string file, ImportOptions options)
    {
        Span<byte> bytes = stackalloc byte[LlamaHeader.VersionedBytes];
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var header = LlamaHeader.Parse(bytes[..read], file);
        var expected = header.Bytes + LlamaLayout.Bytes(header);
        if (stream.Length != expected)
            throw LlamaHeader.Bad(
                file, ImportCodes.Length, $"has {stream.Length} bytes, expected {expected} for {header}");
        if (header.Version > 0 && RotationTable.Problem(header.Sizes) is { } problem)
            throw LlamaHeader.Bad(file, ImportCodes.Header, problem);
        var graph = LlamaGraph.Build(header.Sizes, options, file);
        stream.Position = header.Bytes;
        return new Decoder(new Model(graph, new LlamaTensors(stream, file, header, options).Read()),
            header.Sizes.Positions, header.Sizes.Vocabulary, options.DType)
        {
            FirstToken = Boundary,
            LastTokens = [Boundary],
        };
    }
}
