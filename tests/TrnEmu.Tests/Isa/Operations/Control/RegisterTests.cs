using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Control;

public sealed class RegisterTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void Registers_are_numbered_from_0()
    {
        var one = _scene.Sbuf(DType.Int32, 1, 1);
        Register bad = new(-1), good = new(0);
        Assert.Equal(["TRN2450"], _scene.Codes(new RegisterAlloc(bad, 1)));
        Assert.Equal(["TRN2450"], _scene.Codes(new RegisterMove(bad, 1)));
        Assert.Equal(["TRN2450"], _scene.Codes(new RegisterMove(good, bad)));
        Assert.Equal(["TRN2450"], _scene.Codes(new RegisterLoad(bad, one)));
        Assert.Equal(["TRN2450"], _scene.Codes(new RegisterStore(one, bad)));
        Assert.Equal(["TRN2450"], _scene.Codes(new RegisterMove(new(int.MaxValue), 1)));
        Assert.Empty(_scene.Codes(new RegisterMove(good, good)));
    }

    [Fact]
    public void A_register_holds_one_integer_of_hbm_or_sbuf()
    {
        var two = _scene.Hbm(DType.Int32, 1, 2);
        Assert.Equal(["TRN2451"], _scene.Codes(new RegisterLoad(new(0), two)));
        Assert.Equal(["TRN2451"], _scene.Codes(new RegisterStore(two, new(0))));
        Assert.Equal(["TRN2003"], _scene.Codes(new RegisterLoad(new(0), _scene.Psum(DType.Int32, 1, 1))));
        Assert.Equal(["TRN2003"], _scene.Codes(new RegisterStore(_scene.Psum(DType.Int32, 1, 1), new(0))));
        Assert.Equal(["TRN2004"], _scene.Codes(new RegisterLoad(new(0), _scene.Sbuf(DType.Fp32, 1, 1))));
        Assert.Equal(["TRN2004"], _scene.Codes(new RegisterStore(_scene.Sbuf(DType.Fp32, 1, 1), new(0))));
        Assert.Empty(_scene.Codes(new RegisterLoad(new(0), _scene.Hbm(DType.Int16, 1))));
    }

    [Fact]
    public void A_register_is_not_loaded_row_by_row()
    {
        var index = _scene.Sbuf(DType.Int32, 1, 1);
        var rows = new DynamicOffset(OffsetKind.Vector, index.Tensor, 0, 0, 1);
        var src = _scene.Hbm(DType.Int32, 1, 1) with { Dynamic = rows };
        Assert.Equal(["TRN2011"], _scene.Codes(new RegisterLoad(new(0), src)));
    }

    [Fact]
    public void Effects_name_the_registers()
    {
        var one = _scene.Sbuf(DType.Int32, 1, 1);
        Assert.Empty(_scene.Effects(new RegisterAlloc(new(1))).State.ToArray());
        Assert.Equal([Touch(1, true)], _scene.Effects(new RegisterAlloc(new(1), 7)).State.ToArray());
        Assert.Equal([Touch(1, true)], _scene.Effects(new RegisterMove(new(1), 7)).State.ToArray());
        var move = new RegisterMove(new(1), new Register(2));
        Assert.Equal([Touch(2, false), Touch(1, true)], _scene.Effects(move).State.ToArray());
        Assert.Equal([Touch(1, true)], _scene.Effects(new RegisterLoad(new(1), one)).State.ToArray());
        Assert.Equal([Touch(1, false)], _scene.Effects(new RegisterStore(one, new(1))).State.ToArray());
    }

    private static StateEffect Touch(int register, bool isWrite) => new(EngineState.Register(register), isWrite);
}
