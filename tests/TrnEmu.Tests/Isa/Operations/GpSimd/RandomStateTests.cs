using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.GpSimd;

/// <summary>Seeds, states, and which lane has which.</summary>
public sealed class RandomStateTests
{
    /// <summary>The state that Marsaglia's paper begins with, x to v and d, and the numbers that follow.</summary>
    private static readonly uint[] Marsaglia = [123456789, 362436069, 521288629, 88675123, 5783321, 6615241];
    private static readonly uint[] AfterMarsaglia = [246875399, 3690007200, 1264581005, 3906711041, 1866187943];

    [Fact]
    public void GpSimd_draws_the_numbers_of_xorwow()
    {
        var scene = new RandomScene(3);
        scene.Then(new RandSetState(scene.Given(DType.UInt32, Marsaglia)), Engine.GpSimd);
        Assert.Equal(AfterMarsaglia, scene.Run(scene.Draw(Engine.GpSimd, 1, 5))[0][0]);
    }

    [Fact]
    public void Vector_draws_from_four_states_in_turn()
    {
        var scene = new RandomScene(4);
        uint[] still = [0, 0, 0, 0, 0, 0];
        scene.Then(new RandSetState(scene.Given(DType.UInt32, [.. still, .. Marsaglia, .. still, .. still])));
        var row = scene.Run(scene.Draw(Engine.Vector, 1, 20))[0][0];
        Assert.Equal(AfterMarsaglia, row.Where((_, i) => i % 4 == 1));
        Assert.Equal([362437u, 2 * 362437, 3 * 362437, 4 * 362437, 5 * 362437], row.Where((_, i) => i % 4 == 0));
    }

    [Theory]
    [InlineData(Engine.GpSimd, 3, 6)]
    [InlineData(Engine.GpSimd, 4, 6)]
    [InlineData(Engine.Vector, 4, 24)]
    public void A_saved_state_gives_the_same_numbers_again(Engine engine, int generation, int words)
    {
        var scene = new RandomScene(generation);
        scene.Draw(engine, 128, 7);
        var saved = scene.Scene.Sbuf(DType.UInt32, 128, words);
        scene.Then(new RandGetState(saved), engine);
        var first = scene.Draw(engine, 128, 1030);
        scene.Then(new RandSetState(saved), engine);
        var second = scene.Draw(engine, 128, 1030);
        var (bits, third) = (scene.Run(first, second), scene.Draw(engine, 128, 1030));
        Assert.Equal(bits[0], bits[1]);
        Assert.NotEqual(bits[0], scene.Run(third)[0]);
    }

    [Theory]
    [InlineData(Engine.Vector, 2)]
    [InlineData(Engine.Vector, 3)]
    [InlineData(Engine.Vector, 4)]
    [InlineData(Engine.GpSimd, 3)]
    public void Lanes_differ_and_runs_are_the_same(Engine engine, int generation)
    {
        uint[][] Bits()
        {
            var scene = new RandomScene(generation);
            return scene.Run(scene.Draw(engine, 128, 64))[0];
        }

        var rows = Bits();
        Assert.Equal(128 * 64, rows.SelectMany(r => r).Distinct().Count());
        Assert.Equal(rows, Bits());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_same_seed_gives_the_same_numbers(int generation)
    {
        var scene = new RandomScene(generation);
        var first = scene.Seed(7).Draw(Engine.Vector, 128, 40);
        var other = scene.Seed(8).Draw(Engine.Vector, 128, 40);
        var again = scene.Seed(7).Draw(Engine.Vector, 128, 40);
        var bits = scene.Run(first, other, again);
        Assert.Equal(bits[0], bits[2]);
        Assert.DoesNotContain(true, bits[0].Zip(bits[1], (a, b) => a.SequenceEqual(b)));
    }

    /// <summary>The numbers follow from the formulas of the gaps, computed apart.</summary>
    [Fact]
    public void A_seed_expands_as_its_gap_says()
    {
        var scene = new RandomScene(4);
        var state = scene.Scene.Sbuf(DType.UInt32, 128, 24);
        scene.Seed(7).Then(new RandGetState(state));
        var rows = scene.Run(state)[0];
        Assert.Equal((0x45461cc7u, 0x41184d9du), (rows[5][0], rows[5][23]));
    }

    [Fact]
    public void A_run_begins_with_seed_0_and_a_seed_leaves_GpSimd_alone()
    {
        var scene = new RandomScene(4);
        var (vector, seeded) = (scene.Scene.Sbuf(DType.UInt32, 128, 24), scene.Scene.Sbuf(DType.UInt32, 128, 24));
        var (before, after) = (scene.Scene.Sbuf(DType.UInt32, 128, 6), scene.Scene.Sbuf(DType.UInt32, 128, 6));
        scene.Then(new RandGetState(vector)).Then(new RandGetState(before), Engine.GpSimd).Seed(0);
        scene.Then(new RandGetState(seeded)).Seed(99).Then(new RandGetState(after), Engine.GpSimd);
        var bits = scene.Run(vector, seeded, before, after);
        Assert.Equal(bits[0], bits[1]);
        Assert.Equal(bits[2], bits[3]);
        Assert.Equal(0x63569c84u, bits[2][0][0]);
    }

    [Fact]
    public void Lanes_are_physical_partitions()
    {
        var scene = new RandomScene(3);
        var high = scene.Scene.Sbuf(DType.UInt32, 2, 6);
        scene.Scene.Place(high, 64, 0);
        scene.Then(new RandSetState(scene.Given(DType.UInt32, [.. Enumerable.Repeat(Marsaglia, 128)])), Engine.GpSimd);
        scene.Draw(Engine.GpSimd, 65, 1);
        scene.Then(new Rng(high), Engine.GpSimd);
        var rows = scene.Run(high)[0];
        Assert.Equal(AfterMarsaglia[1..3], rows[0][..2]);
        Assert.Equal(AfterMarsaglia[..2], rows[1][..2]);
    }

    [Theory]
    [InlineData(Engine.GpSimd, 2, "TRN2001")]
    [InlineData(Engine.GpSimd, 3)]
    [InlineData(Engine.Vector, 3, "TRN2001", "TRN2314")]
    [InlineData(Engine.None, 3)]
    [InlineData(Engine.Vector, 4, "TRN2314")]
    public void States_have_6_words_on_GpSimd(Engine engine, int generation, params string[] codes)
    {
        var scene = new Scene();
        Assert.Equal(codes, scene.Codes(new RandSetState(scene.Sbuf(DType.UInt32, 128, 6)), generation, engine).Take(2));
        Assert.Equal(codes, scene.Codes(new RandGetState(scene.Sbuf(DType.UInt32, 128, 6)), generation, engine).Take(2));
    }

    [Fact]
    public void States_have_24_words_on_Vector_which_stores_to_psum_too()
    {
        var scene = new Scene();
        Assert.Empty(scene.Codes(new RandGetState(scene.Psum(DType.UInt32, 128, 24)), 4, Engine.Vector));
        Assert.Equal(["TRN2003"], scene.Codes(new RandSetState(scene.Psum(DType.UInt32, 128, 24)), 4, Engine.Vector));
        Assert.Equal(["TRN2003"], scene.Codes(new RandGetState(scene.Psum(DType.UInt32, 128, 6)), 4, Engine.GpSimd));
        Assert.Equal(["TRN2314"], scene.Codes(new RandGetState(scene.Sbuf(DType.UInt32, 128, 24)), 4, Engine.GpSimd));
    }

    [Fact]
    public void One_seed_is_for_all_lanes()
    {
        var scene = new Scene();
        Assert.Equal(["TRN2008"], scene.Codes(new SetRngSeed(scene.Sbuf(DType.UInt32, 1, 2))));
        Assert.Equal(["TRN2004"], scene.Codes(new SetRngSeed(scene.Sbuf(DType.UInt16, 1, 1))));
        Assert.Empty(scene.Codes(new SetRngSeed(scene.Psum(DType.Fp32, 1, 1))));
    }

    [Fact]
    public void Generators_are_engine_state()
    {
        var scene = new Scene();
        StateEffect[] draw = [.. scene.Effects(new Dropout(scene.Sbuf(DType.Fp32, 8, 8), scene.Sbuf(DType.Fp32, 8, 8), 0.5)).State];
        Assert.Equal([new(EngineState.Random(Engine.Vector), false), new(EngineState.Random(Engine.Vector), true)], draw);
        StateEffect[] seed = [.. scene.Effects(new SetRngSeed(scene.Sbuf(DType.UInt32, 1, 1))).State];
        Assert.Equal([new(EngineState.Random(Engine.Vector), true)], seed);
    }
}
