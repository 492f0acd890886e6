namespace TrnEmu.Core.Dependences;

/// <summary>A count that one component of a <see cref="Clock"/> reaches.</summary>
/// <param name="Component">An engine, or a semaphore that DMAs signal.</param>
/// <param name="Count">From 1.</param>
public readonly record struct Mark(int Component, int Count);
