using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Validation;

/// <summary>Rows of one kind under a name, in an order in which neighbours are worth comparing.</summary>
/// <param name="Name">What changes along it.</param>
/// <param name="Rows">Ids of rows with one unit.</param>
/// <param name="Span">Where it stands.</param>
public sealed record Ladder(string Name, IReadOnlyList<string> Rows, SourceSpan Span = default);
