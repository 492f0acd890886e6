using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Compiler.Passes;

/// <summary>Loads never queue behind stores; descriptors that software must write are triggered by GpSimd.</summary>
public sealed class PlanDmaTests
{
    private readonly KernelBuilder _k = new(TestChips.Trn2);
    private readonly TensorView _hbm;
    private readonly TensorView _sbuf;
    private readonly TensorView _index;

    public PlanDmaTests()
    {
        _hbm = _k.InOut("x", DType.Fp32, [64, 32], new(Core.Memory.ContentKind.Zeros));
        _sbuf = _k.Sbuf("tile", DType.Fp32, [64, 32]);
        _index = _k.Sbuf("index", DType.Int32, [64, 1]);
    }

    [Fact]
    public void Loads_and_stores_go_by_different_engines_and_queues()
    {
        Assert.Equal((Engine.Sync, 0), Planned(new DmaCopy(_sbuf, _hbm)));
        Assert.Equal((Engine.GpSimd, 3), Planned(new DmaCopy(_hbm, _sbuf)));
        Assert.Equal((Engine.Sync, 0), Planned(new DmaCopy(_hbm[..32], _hbm[32..])));
    }

    [Fact]
    public void Gathers_and_scatters_are_triggered_by_GpSimd()
    {
        Assert.Equal((Engine.GpSimd, 2), Planned(new DmaCopy(_sbuf, _hbm.Gather(_index))));
        Assert.Equal((Engine.GpSimd, 3), Planned(new DmaCopy(_hbm.Gather(_index), _sbuf)));
    }

    [Fact]
    public void One_dynamic_offset_changes_nothing()
    {
        Assert.Equal((Engine.Sync, 0), Planned(new DmaCopy(_sbuf[..1], _hbm.At(_index[..1], 0))));
        Assert.Equal((Engine.GpSimd, 3), Planned(new DmaCopy(_hbm.At(new Register(0), 0), _sbuf[..1])));
    }

    [Fact]
    public void The_users_wish_stays()
    {
        Assert.Equal((Engine.Scalar, 4), Planned(new DmaCopy(_sbuf, _hbm), Engine.Scalar));
        Assert.Equal((Engine.Sync, 1), Planned(new DmaCopy(_hbm, _sbuf), Engine.Sync));
    }

    [Fact]
    public void A_store_with_hardware_descriptors_is_triggered_by_Scalar()
    {
        var store = new DmaCopy(_hbm, _sbuf, DgeMode: DgeMode.Hwdge);
        Assert.Equal((Engine.Scalar, 5), Planned(store));
        Assert.Equal((Engine.Sync, 0), Planned(new DmaCopy(_sbuf, _hbm, DgeMode: DgeMode.Hwdge)));
        Pipeline.Verify(PlanDma.Run(_k.Build(), TestChips.Trn2), TestChips.Trn2);
    }

    private (Engine Engine, int Queue) Planned(DmaCopy copy, Engine wish = Engine.None)
    {
        _k.Issue(copy, wish);
        var entry = PlanDma.Run(_k.Build(), TestChips.Trn2).Cores[0].Entries.Span[^1];
        return (entry.Engine, entry.Queue);
    }
}
