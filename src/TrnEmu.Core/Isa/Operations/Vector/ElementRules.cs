using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>
/// What Vector, Scalar and GpSimd demand of any operand that streams through them. Source: the NeuronCore architecture
/// guides (free sizes, reach of GpSimd, PSUM ports).
/// </summary>
internal static class ElementRules
{
    private const int SbufElements = 64 << 10;
    private const int PsumElements = 4 << 10;

    /// <summary>
    /// The operand fits one instruction, lies where the engine reaches, and is no gather. <paramref name="engine"/> is
    /// the one that executes, or None while any may.
    /// </summary>
    public static void Stream(Verifier v, Engine engine, string name, in AccessPattern p)
    {
        var space = v.SpaceOf(p);
        var limit = space == MemorySpace.Psum ? PsumElements : SbufElements;
        if (p.Free > limit)
            v.Error(VerifyCodes.FreeSize, $"{name} free size is {p.Free}, limit {limit} elements in {space.Title()}");
        Reach(v, engine, name, p);
        DynamicRules.NoVector(v, name, p);
    }

    /// <summary>A tensor operand with the destination's shape that streams through the engine.</summary>
    public static void Source(Verifier v, Engine engine, in AccessPattern dst, string name, in AccessPattern source)
    {
        Stream(v, engine, name, source);
        v.SameShape(dst, "dst", source, name);
        InPlaceRules.Verify(v, dst, source, name);
    }

    /// <summary>A constant, or a column [P, 1] of the dtype, one value for each partition of the data.</summary>
    public static void Column(
        Verifier v, Engine engine, string name, in ScalarOperand? operand, in AccessPattern data, DType? dtype = DType.Fp32)
    {
        if (operand?.Column is not { } column) return;
        v.Column(operand, name, data);
        Reach(v, engine, name, column);
        DynamicRules.NoVector(v, name, column);
        if (dtype is { } wanted && column.DType != wanted)
            v.Error(VerifyCodes.DType, $"{name} is a {column.DType.Name()} column, must be {wanted.Name()}: arithmetic works in fp32");
    }

    /// <summary>At most one of two tensor operands is read from PSUM.</summary>
    public static void NotBothPsum(Verifier v, string aName, in AccessPattern a, string bName, in AccessPattern b)
    {
        if (v.SpaceOf(a) == MemorySpace.Psum && v.SpaceOf(b) == MemorySpace.Psum)
            v.Error(VectorCodes.BothPsum, $"{aName} and {bName} are in PSUM, limit one of them");
    }

    /// <summary>
    /// The operand has at most so many free dimensions, seen as the levels that do not continue each other.
    /// </summary>
    public static void Levels(Verifier v, string name, in AccessPattern p, int limit)
    {
        var levels = FreeElements.Levels(p);
        if (levels > limit) v.Error(VerifyCodes.Shape, $"{name} has {levels} free dimensions, limit {limit}");
    }

    /// <summary>A number of values for each partition of the data.</summary>
    public static void Results(Verifier v, string name, in AccessPattern p, in AccessPattern data, int count)
    {
        if (p.Partitions != data.Partitions || p.Free != count)
            v.Error(VerifyCodes.Shape, $"{name} is [{p.Partitions},{p.Free}], expected [{data.Partitions},{count}]");
    }

    private static void Reach(Verifier v, Engine engine, string name, in AccessPattern p)
    {
        if (engine == Engine.GpSimd && v.SpaceOf(p) == MemorySpace.Psum)
            v.Error(VerifyCodes.Space, $"{name} is in PSUM, the GpSimd engine reaches SBUF only");
    }
}
