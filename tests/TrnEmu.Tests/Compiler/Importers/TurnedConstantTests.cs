using TrnEmu.Compiler.Importers;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Compiler.Importers;

/// <summary>Matrices that are turned band by band are those that are turned at once.</summary>
public sealed class TurnedConstantTests
{
    [Theory]
    [InlineData(1, 7)]
    [InlineData(7, 1)]
    [InlineData(3000, 701)]
    [InlineData(1_100_000, 2)]
    public void Each_number_is_at_its_place(int rows, int columns)
    {
        var values = new float[rows * columns];
        for (var i = 0; i < values.Length; i++) values[i] = i * 7919 % 65_521;
        var store = new ConstantStore("file");
        store.AddTurned("m", values, rows, DType.Fp32, r => rows - 1 - r);

        var turned = new float[values.Length];
        Buffer.BlockCopy(store.Constants["m"], 0, turned, 0, turned.Length * sizeof(float));
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                if (turned[c * rows + r] != values[(rows - 1 - r) * columns + c]) Assert.Fail($"[{c},{r}]");
            }
        }
    }
}
