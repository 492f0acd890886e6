using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Bench.Host;

/// <summary>
/// One element-wise instruction over a tile [128, 512], bf16 to bf16 as it lies in SBUF, against the same function by
/// TensorPrimitives over as many contiguous fp32 values. The emulated one also widens and rounds.
/// </summary>
public class ElementwiseTile
{
    /// <summary>Category of benchmarks of System.Numerics.Tensors.</summary>
    public const string Category = "TensorPrimitives";

    private const int Rows = 128;
    private const int Columns = 512;
    private const long Stride = (192 << 10) + 128;

    private static readonly NativeBlock Sbuf = new(Rows * Stride);
    private readonly float[] _x = new float[Rows * Columns];
    private readonly float[] _y = new float[Rows * Columns];
    private readonly float[] _z = new float[Rows * Columns];

    [ParamsAllValues]
    public TileFunction Function { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(1);
        for (var i = 0; i < _x.Length; i++) (_x[i], _y[i]) = (random.NextSingle() * 8 - 4, random.NextSingle());
        for (var row = 0; row < Rows; row++)
        {
            Conversions.Narrow(DType.Bf16, _x.AsSpan(row * Columns, Columns), Sbuf.Span(row * Stride, 2 * Columns));
            Conversions.Narrow(DType.Bf16, _y.AsSpan(row * Columns, Columns), Sbuf.Span(row * Stride + 4096, 2 * Columns));
        }
    }

    [Benchmark(Baseline = true), BenchmarkCategory(Category)]
    public void TensorPrimitivesFp32()
    {
        if (Function == TileFunction.Exp) TensorPrimitives.Exp<float>(_x, _z);
        else if (Function == TileFunction.Gelu) Gelu();
        else TensorPrimitives.Add<float>(_x, _y, _z);
    }

    [Benchmark]
    public void Bf16()
    {
        if (Function == TileFunction.Exp) Elementwise.Unary(Tile(8192), Tile(0), ActivationFunction.Exp);
        else if (Function == TileFunction.Gelu) Elementwise.Unary(Tile(8192), Tile(0), ActivationFunction.GeluApprxTanh);
        else Elementwise.Binary(AluOp.Add, Tile(8192), Tile(0), Tile(4096));
    }

    /// <summary>
    /// x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))): TensorPrimitives has no gelu, so it takes several passes.
    /// </summary>
    private void Gelu()
    {
        TensorPrimitives.Multiply<float>(_x, _x, _z);
        TensorPrimitives.MultiplyAdd(_z, 0.044715f, _x, _z);
        TensorPrimitives.Multiply(_z, 0.7978846f, _z);
        TensorPrimitives.Tanh<float>(_z, _z);
        TensorPrimitives.Add(_z, 1f, _z);
        TensorPrimitives.Multiply<float>(_z, _x, _z);
        TensorPrimitives.Multiply(_z, 0.5f, _z);
    }

    private static Tile Tile(long offset) => Sbuf.Tile(offset, Rows, Stride, DType.Bf16, [Columns], [2]);
}

/// <summary>What an instruction computes.</summary>
public enum TileFunction
{
    Exp,

    /// <summary>In the form with tanh.</summary>
    Gelu,

    Add,
}
