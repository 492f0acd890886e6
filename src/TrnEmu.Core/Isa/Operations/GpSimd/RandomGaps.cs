namespace TrnEmu.Core.Isa.Operations.GpSimd;

/// <summary>
/// What the documents leave open about random numbers, worded once; each operation that meets a corner declares it, so
/// that its page shows it.
/// </summary>
internal static class RandomGaps
{
    /// <summary>Vector's generator before generation 4.</summary>
    public static Gap Lfsr(string operation) => new(
        operation, "which shift register (LFSR) Vector has before generation 4: its width, taps and output are not published",
        "a stand-in, whose numbers are not the chip's: a Galois LFSR of 32 bits a lane, x^32 + x^22 + x^2 + x + 1, 32 steps a number");

    /// <summary>The states at the start of a run.</summary>
    public static Gap Start(string operation) => new(
        operation, "what the generators hold before anything sets them", "what seed 0 gives, the same in every run");

    /// <summary>Four states, one stream of elements.</summary>
    public static Gap States(string operation) => new(
        operation, "in which order Vector's four XORWOW states of generation 4 supply the elements of a partition",
        "element i comes from state i mod 4, elements in pattern order; each state moves only for its own");

    /// <summary>Bits to a number.</summary>
    public static Gap Fraction(string operation) => new(
        operation, "how 32 random bits become a number", "u = (bits >> 8) * 2^-24, in [0, 1) and exact in fp32");

    /// <summary>Order of the words.</summary>
    public static Gap Words(string operation) => new(
        operation, "in which order a lane's words stand",
        "x, y, z, w, v and the counter d of Marsaglia's XORWOW; Vector's four states one after the other");
}
