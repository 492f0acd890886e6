namespace TrnEmu.Core.Memory;

/// <summary>
/// A rectangle of one memory: the same bytes in each of a range of partitions. HBM is one partition, number 0.
/// </summary>
/// <param name="Start">First byte.</param>
/// <param name="End">One past the last byte.</param>
/// <param name="FirstPartition">First partition.</param>
/// <param name="EndPartition">One past the last partition.</param>
public readonly record struct AccessRange(long Start, long End, int FirstPartition = 0, int EndPartition = 1);
