using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>
/// Effects are complete: only bytes and state that an operation declares as written change, and what it writes does
/// not depend on anything that it does not declare as read.
/// </summary>
public sealed class EffectTests
{
    private const int Cases = 100;

    public static TheoryData<string> Operations => OracleTests.Operations;

    [Theory]
    [MemberData(nameof(Operations))]
    public void Effects_are_complete(string name)
    {
        var operation = OperationInfo.Find(name)!;
        Property.ForAll(TrialSeed.Any, seed =>
        {
            var trial = Trial.Make(operation.Type, seed, isAlone: true);
            var touched = new Touched(trial);
            try
            {
                Check(trial, touched, EffectRun.Of(trial, touched, isPoisoned: false),
                    EffectRun.Of(trial, touched, isPoisoned: true));
            }
            catch (TrnException)
            {
                // A dynamic address outside its tensor: nothing is promised about what was written before.
            }
        }, Cases);
    }

    private static void Check(Trial trial, Touched touched, EffectRun clean, EffectRun poisoned)
    {
        for (var tensor = 0; tensor < trial.Bytes.Length; tensor++)
        {
            for (var place = 0; place < trial.Bytes[tensor].Length; place++)
            {
                var (a, b) = (clean.Byte(tensor, place), poisoned.Byte(tensor, place));
                Judge(touched.Writes(tensor, place), a, b, () =>
                    $"{trial.Program.Tensors[tensor].Name} byte {place}\n{trial}");
            }
        }

        for (var i = 0; i < clean.Before.Registers.Length; i++)
        {
            var number = i;
            Judge(touched.WritesRegister(i), clean.Register(i), poisoned.Register(i), () =>
                $"register {number}\n{trial}");
        }

        for (var i = 0; i < clean.Before.Sums.Length; i++)
        {
            var lane = i;
            Judge(touched.WritesSums, clean.Sum(i), poisoned.Sum(i), () => $"accumulate register {lane}\n{trial}");
            Judge(touched.WritesVectorSums, clean.VectorSum(i), poisoned.VectorSum(i), () =>
                $"Vector's accumulate register {lane}\n{trial}");
        }

        for (var i = 0; i < clean.Before.VectorRandom.Length; i++)
        {
            Judge(touched.WritesRandom(Engine.Vector), clean.VectorRandom(i), poisoned.VectorRandom(i), () =>
                $"Vector's random generators\n{trial}");
        }

        for (var i = 0; i < clean.Before.GpSimdRandom.Length; i++)
        {
            Judge(touched.WritesRandom(Engine.GpSimd), clean.GpSimdRandom(i), poisoned.GpSimdRandom(i), () =>
                $"GpSimd's random generators\n{trial}");
        }
    }

    /// <summary>Two runs that differ only in what is not declared as read.</summary>
    private static void Judge<T>(Writing writing, (T Old, T New) a, (T Old, T New) b, Func<string> where)
        where T : struct
    {
        var isKept = a.Old.Equals(a.New) && b.Old.Equals(b.New);
        var isSame = a.New.Equals(b.New);
        if (writing == Writing.No && !isKept) Assert.Fail($"changed, but not declared as written: {where()}");
        if (writing == Writing.Yes && !isSame)
            Assert.Fail($"not written, or depends on what is not declared as read: {where()}");
        if (writing == Writing.Perhaps && !isSame && !isKept)
            Assert.Fail($"depends on what is not declared as read: {where()}");
    }
}
