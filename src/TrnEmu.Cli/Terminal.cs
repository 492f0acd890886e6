namespace TrnEmu.Cli;

/// <summary>Where a command writes.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">Diagnostics and progress.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error);
