using FsCheck;
using FsCheck.Fluent;

namespace TrnEmu.Tests.Support;

/// <summary>
/// Runs an FsCheck property inside a fact: quiet on success, shrunk counter-example on failure.
/// Each run draws cases of its own; TRNEMU_SEED=NUMBER draws those of that number, the same in every run.
/// TRNEMU_REPLAY="seed,gamma" repeats a failure; TRNEMU_CASES multiplies the number of cases.
/// </summary>
internal static class Property
{
    /// <summary>The property holds for <paramref name="cases"/> values of the generator.</summary>
    public static void ForAll<T>(Gen<T> generator, Action<T> property, int cases = 100) =>
        ForAll(generator.ToArbitrary(), property, cases);

    /// <summary>The property holds for <paramref name="cases"/> values of the arbitrary.</summary>
    public static void ForAll<T>(Arbitrary<T> arbitrary, Action<T> property, int cases = 100)
    {
        var factor = int.TryParse(Environment.GetEnvironmentVariable("TRNEMU_CASES"), out var f) ? f : 1;
        var config = Config.QuickThrowOnFailure.WithMaxTest(cases * factor).WithQuietOnSuccess(true);
        if (Start() is { } start)
            config = config.WithReplay(new Replay(start, Microsoft.FSharp.Core.FSharpOption<int>.None));
        Check.One(config, Prop.ForAll(arbitrary, property));
    }

    /// <summary>Where the random numbers begin, if the environment says so.</summary>
    private static Rnd? Start()
    {
        if (Environment.GetEnvironmentVariable("TRNEMU_REPLAY") is { } replay)
        {
            var parts = replay.Split(',').Select(ulong.Parse).ToArray();
            return new Rnd(parts[0], parts[1]);
        }

        return ulong.TryParse(Environment.GetEnvironmentVariable("TRNEMU_SEED"), out var seed) ? new Rnd(seed) : null;
    }
}
