namespace TrnEmu.Core.Memory;

/// <summary>
/// A value over a range of partitions. An array of cells, ends ascending and the last one <see cref="int.MaxValue"/>,
/// is the row of a segment of an <see cref="AccessMap{T}"/>; it is never changed once made, so that segments share it.
/// </summary>
/// <param name="End">One past the last partition; the previous cell's end is the first.</param>
/// <param name="Value">The value.</param>
internal readonly record struct AccessCell<T>(int End, T Value);
