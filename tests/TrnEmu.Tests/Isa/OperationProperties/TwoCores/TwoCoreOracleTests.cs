using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Isa.OperationProperties.TwoCores;

/// <summary>
/// The operations at which two cores meet, against copies of elements in the order that the meeting promises; counted as
/// those of one core are.
/// </summary>
public sealed class TwoCoreOracleTests(CaseTable table)
{
    private const int Cases = 2000;
    private const int SwapElements = 256;
    private const int Attempts = 50;

    [Fact]
    public void Cores_exchange_what_they_had() => Compare<SendRecv>(Exchange);

    /// <summary>Without the barrier core 0 would read before core 1 has written.</summary>
    [Fact]
    public void A_barrier_lets_each_read_what_the_other_wrote() => Compare<CoreBarrier>(Share);

    [Fact]
    public void They_are_all_of_their_kind() => Assert.Equal(
        ["core_barrier", "sendrecv"], OperationInfo.All.Except(OneCore.Operations).Select(o => o.Name));

    private void Compare<TOperation>(Func<Draw, TwoCoreCase> make)
        where TOperation : Operation
    {
        var info = OperationInfo.Of(typeof(TOperation));
        table.Judge(info, coverage => Property.ForAll(TrialSeed.Numbered(0, 1), seed =>
        {
            var found = Legal(seed, info, make);
            found.Check(coverage, found.Cores[0].Single(e => e.Operation is TOperation));
        }, Cases));
    }

    private static TwoCoreCase Legal(TrialSeed seed, OperationInfo info, Func<Draw, TwoCoreCase> make)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var found = make(new Draw(new Random(seed.Seed ^ attempt * 7919), seed, info));
            if (found.IsLegal) return found;
        }

        throw new InvalidOperationException($"no legal {info.Name} from {seed} in {Attempts} attempts");
    }

    private static TwoCoreCase Exchange(Draw draw)
    {
        var by = draw.Of(DmaEngine.Dma, DmaEngine.GpsimdDma);
        var dtype = draw.Turns.Of(DTypes.All);
        var (partitions, free) = draw.Shape(maxFree: by == DmaEngine.GpsimdDma ? SwapElements : 2000);
        AccessPattern Tile(Use use) => draw.Tile(MemorySpace.Sbuf, dtype, partitions, free, use);
        AccessPattern[] sources = [Tile(Use.DmaRead), Tile(Use.DmaRead)];
        AccessPattern[] results = [Tile(Use.Dma), Tile(Use.Dma)];
        var pipe = draw.Int(0, 3);
        Entry[] Core(int core) =>
            [new(new SendRecv(sources[core], results[core], 1 - core, 1 - core, pipe, by), EngineOf(draw, by == DmaEngine.GpsimdDma))];
        return new TwoCoreCase(
            draw, [Core(0), Core(1)], [sources[1], results[1]], [[(results[0], sources[1]), (results[1], sources[0])]]);
    }

    private static TwoCoreCase Share(Draw draw)
    {
        var dtype = draw.Turns.Of(DTypes.All);
        var (partitions, free) = draw.Shape();
        AccessPattern Own(Use use) => draw.Tile(MemorySpace.Sbuf, dtype, partitions, free, use);
        AccessPattern[] sources = [Own(Use.DmaRead), Own(Use.DmaRead)];
        AccessPattern[] results = [Own(Use.Dma), Own(Use.Dma)];
        AccessPattern[] shared = [.. sources.Select(_ => draw.Tile(MemorySpace.Hbm, dtype, partitions, free, Use.Dma))];
        var guarded = draw.Chance(50) ? shared[0] : draw.Tile(MemorySpace.Hbm, dtype, partitions, free);
        Entry[] Core(int core) =>
        [
            new(new DmaCopy(shared[core], sources[core]), EngineOf(draw, isGpSimd: false)),
            new(new CoreBarrier(guarded, [0, 1]), EngineOf(draw, isGpSimd: false)),
            new(new DmaCopy(results[core], shared[1 - core]), EngineOf(draw, isGpSimd: false)),
        ];
        return new TwoCoreCase(
            draw, [Core(0), Core(1)], [sources[1], results[1]],
            [[(shared[0], sources[0]), (shared[1], sources[1])], [(results[0], shared[1]), (results[1], shared[0])]]);
    }

    private static Engine EngineOf(Draw draw, bool isGpSimd) =>
        isGpSimd ? draw.Of(Engine.None, Engine.GpSimd) : draw.Of([Engine.None, .. EngineExtensions.All]);
}
