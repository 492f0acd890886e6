using FsCheck;
using FsCheck.Fluent;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>
/// What a random program is made from; a failure shrinks to fewer elements. TRNEMU_TRIAL="seed,size,number" repeats one.
/// </summary>
/// <param name="Seed">Of all choices but those that take turns.</param>
/// <param name="Size">Elements of an operand, at most about.</param>
/// <param name="Number">
/// Of the case: choices that take turns follow it, so that each comes equally often. Null leaves them to chance.
/// </param>
internal sealed record TrialSeed(int Seed, int Size, int? Number = null)
{
    private const int LargeCases = 1000;

    /// <summary>All choices by chance.</summary>
    public static Arbitrary<TrialSeed> Any { get; } = Arb.From(
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from size in Gen.Elements(8, 40, 40, 160, 160, 600, 2000)
        select new TrialSeed(seed, size),
        Smaller);

    /// <summary>With every step-th number; the first cases are of all sizes, the others small.</summary>
    public static Arbitrary<TrialSeed> Numbered(int first, int step)
    {
        if (Environment.GetEnvironmentVariable("TRNEMU_TRIAL") is { } trial)
        {
            var parts = trial.Split(',').Select(int.Parse).ToArray();
            return Arb.From(Gen.Constant(new TrialSeed(parts[0], parts[1], parts[2])), Smaller);
        }

        var number = first - step;
        return Arb.From(
            Any.Generator.Select(seed =>
            {
                number += step;
                return seed with { Number = number, Size = number < LargeCases ? seed.Size : Math.Min(seed.Size, 40) };
            }),
            Smaller);
    }

    private static IEnumerable<TrialSeed> Smaller(TrialSeed seed) =>
        new[] { 1, 2, 4, 8, 16, 40, 160 }.Where(size => size < seed.Size).Select(size => seed with { Size = size });
}
