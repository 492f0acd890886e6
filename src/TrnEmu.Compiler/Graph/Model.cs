namespace TrnEmu.Compiler.Graph;

/// <summary>A graph and the bytes of its constants.</summary>
/// <param name="Graph">The operations.</param>
/// <param name="Constants">For each constant its elements in row-major order, in the type that the graph
/// declares.</param>
public sealed record Model(ModelGraph Graph, IReadOnlyDictionary<string, byte[]> Constants);
