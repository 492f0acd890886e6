using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Graph;

/// <summary>One operation of a graph.</summary>
/// <param name="Op">Name of the operation.</param>
/// <param name="Inputs">Names of tensors in the order of the operation's parameters; empty where an optional one is
/// left out.</param>
/// <param name="Outputs">Names of the tensors that it makes, or of the cache that it updates.</param>
/// <param name="Attributes">What the node says about its parameters; others have their defaults.</param>
/// <param name="Source">The part of the model that it comes from, for messages; one line.</param>
public sealed record GraphNode(
    string Op, EquatableArray<string> Inputs, EquatableArray<string> Outputs, EquatableArray<GraphAttribute> Attributes,
    string Source);
