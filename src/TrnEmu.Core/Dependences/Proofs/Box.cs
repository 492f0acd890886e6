namespace TrnEmu.Core.Dependences.Proofs;

/// <summary>The same bytes in each of some rows.</summary>
/// <param name="Start">First byte.</param>
/// <param name="End">One past the last byte.</param>
/// <param name="FirstRow">First row.</param>
/// <param name="EndRow">One past the last row.</param>
internal readonly record struct Box(int Start, int End, int FirstRow, int EndRow);
