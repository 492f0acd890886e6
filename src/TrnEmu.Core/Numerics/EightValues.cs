using TrnEmu.Core.Numerics.Loops;

namespace TrnEmu.Core.Numerics;

/// <summary>Searches of rows for eight values at a time, compared in fp32.</summary>
public static class EightValues
{
    /// <summary>
    /// dst[p, 0…7] = the largest eight of src[p], at least that many, descending: NaN first, +0 before -0.
    /// </summary>
    public static void Largest(in Tile dst, in Tile src) => LargestEight.Find(dst, src);

    /// <summary>
    /// dst[p, j] = i, the place of vals[p, j] in data[p]; the k-th of equal values gets the place of the k-th equal
    /// element. All ones where there is none; NaN equals nothing, -0 equals +0.
    /// </summary>
    public static void Find(in Tile dst, in Tile data, in Tile vals) => EightPlaces.Find(dst, data, vals);

    /// <summary>
    /// dst = data, but imm at the place of each of vals[p, 0…7]; of equal values the last gets the first equal
    /// element. Elements move bit by bit when the dtypes are equal, else through fp32.
    /// </summary>
    public static void Replace(in Tile dst, in Tile data, in Tile vals, float imm) =>
        EightPlaces.Replace(dst, data, vals, imm, default, hasIdx: false);

    /// <summary>The same, and places[p, j] = the place of vals[p, j], all ones where there is none.</summary>
    public static void Replace(in Tile dst, in Tile data, in Tile vals, float imm, in Tile places) =>
        EightPlaces.Replace(dst, data, vals, imm, places, hasIdx: true);
}
