using FsCheck;
using FsCheck.Fluent;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>What a random program is made from; a failure shrinks to fewer elements.</summary>
/// <param name="Seed">Of all choices.</param>
/// <param name="Size">Elements of an operand, at most about.</param>
internal sealed record TrialSeed(int Seed, int Size)
{
    public static Arbitrary<TrialSeed> Any { get; } = Arb.From(
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from size in Gen.Elements(8, 40, 40, 160, 160, 600, 2000)
        select new TrialSeed(seed, size),
        Smaller);

    private static IEnumerable<TrialSeed> Smaller(TrialSeed seed) =>
        new[] { 1, 2, 4, 8, 16, 40, 160 }.Where(size => size < seed.Size).Select(size => seed with { Size = size });
}
