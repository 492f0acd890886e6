using TrnEmu.Core.Chips;

namespace TrnEmu.Validation;

/// <summary>A number that was chosen to meet measurements.</summary>
/// <param name="Path">Where it stands in the chip's file.</param>
/// <param name="Quantity">The number.</param>
/// <param name="RestsOn">Rows whose prediction it moves.</param>
public sealed record FittedConstant(string Path, Quantity Quantity, IReadOnlyList<string> RestsOn);
