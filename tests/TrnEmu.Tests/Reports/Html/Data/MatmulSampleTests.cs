using TrnEmu.Data;

namespace TrnEmu.Tests.Reports.Html.Data;

public sealed class MatmulSampleTests
{
    [Theory]
    [InlineData("matmul_naive")]
    [InlineData("matmul_blocked")]
    public void The_first_product_has_the_values_of_the_inputs(string kernel)
    {
        var run = TimedKernel.Run(kernel);
        var sample = run.Sample!;
        var (left, right) = (Input(run, "lhsT"), Input(run, "rhs"));
        Assert.True(sample.Stationary.Length > 1 && sample.Moving.Length > 1 && sample.Sums.Length > 1);
        for (var k = 0; k < sample.Stationary.Length; k++)
        {
            Assert.Equal(sample.Stationary[k], left.Row(k)[..sample.Stationary[k].Length]);
            Assert.Equal(sample.Moving[k], right.Row(k)[..sample.Moving[k].Length]);
        }

        for (var m = 0; m < sample.Sums.Length; m++)
        {
            for (var n = 0; n < sample.Sums[m].Length; n++)
            {
                var sum = 0f;
                for (var k = 0; k < sample.K; k++) sum = MathF.FusedMultiplyAdd(left.Row(k)[m], right.Row(k)[n], sum);
                Assert.Equal(sum, sample.Sums[m][n]);
            }
        }

        Assert.Equal(sample.K, PageData.Of(run).Header.GetProperty("sample").GetProperty("k").GetInt32());
    }

    [Fact]
    public void A_run_without_products_has_none()
    {
        Assert.Null(TimedKernel.Run("softmax").Sample);
        Assert.False(PageData.Of(TimedKernel.Run("softmax")).Header.TryGetProperty("sample", out _));
    }

    private static Matrix Input(RunResult run, string name)
    {
        var tensor = run.Program.Tensors.First(t => t.Name == name);
        var values = ContentGenerator.Make(tensor, tensor.Content!.Kind, tensor.Content.Seed).ToDoubles();
        return new Matrix(values, tensor.Shape[1]);
    }

    private sealed record Matrix(double[] Values, int Columns)
    {
        public float[] Row(int row) => [.. Values.Skip(row * Columns).Take(Columns).Select(v => (float)v)];
    }
}
