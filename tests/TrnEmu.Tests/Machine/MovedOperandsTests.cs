using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Isa.Operations.Tensor;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.Operations;

namespace TrnEmu.Tests.Machine;

/// <summary>Registers that move an operand of an engine within a tensor that another operand lies in.</summary>
public sealed class MovedOperandsTests
{
    private readonly Scene _scene = new();

    [Theory]
    [InlineData(-4, true)]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public void Element_by_element_or_apart(int moved, bool isLegal)
    {
        var row = Scene.Free(_scene.Sbuf(DType.Fp32, 8, 12), 4) with { Offset = 16 };
        Check(new TensorCopy(Moved(row), row), moved, isLegal);
        Check(new TensorCopy(row, Moved(row)), moved, isLegal);
    }

    [Theory]
    [InlineData(-4, false)]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(4, true)]
    public void Apart_where_the_order_of_reads_is_another(int moved, bool isLegal)
    {
        var tensor = _scene.Sbuf(DType.Int32, 1, 24);
        var ids = Scene.Free(tensor, 4) with { Offset = 32 };
        var bounds = Scene.Free(tensor, 8);
        Check(new SequenceBounds(bounds, Moved(ids)), moved, isLegal);
        Check(new SequenceBounds(Moved(bounds with { Offset = 48 }), ids), moved, isLegal);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(31, false)]
    [InlineData(32, true)]
    public void A_transpose_apart_from_its_data(int moved, bool isLegal)
    {
        var block = Scene.Free(_scene.Sbuf(DType.Fp32, 32, 96), 32);
        Check(new NcTranspose(Moved(block), block), moved, isLegal);
    }

    private static AccessPattern Moved(AccessPattern p) => p with { Dynamic = new DynamicOffset(OffsetKind.Register, 5, 0, 0, 1) };

    private void Check(Operation operation, int moved, bool isLegal)
    {
        var set = new RegisterMove(new Register(5), moved);
        void Run() => _scene.Run(_ => { }, _ => { }, 3, set, operation);
        if (isLegal)
        {
            Run();
            return;
        }

        var fault = Assert.Throws<TrnException>(Run);
        Assert.Equal(FaultCodes.MovedOperand, fault.Diagnostics[0].Code);
        Assert.StartsWith($"{operation.Info.Name}: ", fault.Diagnostics[0].Message, StringComparison.Ordinal);
    }
}
