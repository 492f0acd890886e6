using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Tests.Compiler.Graph.Ops;

/// <summary>What an operation cannot take is said with value and rule.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("view(x) shape=[2,2] strides=[1]", "expected a stride for each extent")]
    [InlineData("view(x) shape=[2] strides=[-1]", "reads elements -1 to 0, x is fp32[2,3]: it has 6")]
    [InlineData("view(x) shape=[7] strides=[1]", "reads elements 0 to 6")]
    [InlineData("view(x) shape=[2] strides=[1] offset=5", "reads elements 5 to 6")]
    [InlineData("view(x) shape=[2] strides=[1] offset=0.5", "offset is 0.5, expected a whole number")]
    [InlineData("view(x) shape=2 strides=[1]", "shape is 2, expected whole numbers as [0,1]")]
    [InlineData("view(x) shape=[65536,65536] strides=[0,0]", "limit 2147483647 elements")]
    [InlineData("concat(x, x) axis=2", "axis is 2, expected 0 to 1 for fp32[2,3]")]
    [InlineData("concat(x, i) axis=0", "has operands fp32[2,3] and int32[2,3], expected the same but along axis 0")]
    [InlineData("pad(x) before=[1] after=[0,0] value=0", "expected 0 or more for each extent")]
    [InlineData("pad(x) before=[1,-1] after=[0,0] value=0", "expected 0 or more for each extent")]
    [InlineData("pad(x) before=[1,0] after=[0,0] value=large", "value is large, expected inf, -inf or a number")]
    [InlineData("pad(i) before=[1,0] after=[0,0] value=0.5", "value is 0.5, expected inf, -inf or a number, which int32 holds")]
    [InlineData("pad(x) before=[2147483647,0] after=[0,0] value=0", "has more elements than the limit 2147483647")]
    [InlineData("unary(x) function=gamma", "function is gamma, expected one of abs, neg, ")]
    [InlineData("unary(i) function=exp", "x is int32[2,3], exp takes floats")]
    [InlineData("unary(x) function=not", "x is fp32[2,3], not takes uint8")]
    [InlineData("binary(x, x) function=atan2", "function is atan2, expected one of add, sub, ")]
    [InlineData("binary(x, i) function=add", "a is fp32[2,3], b is int32[2,3]: expected one type")]
    [InlineData("binary(x, x) function=and", "a is fp32[2,3], b is fp32[2,3]: and takes uint8")]
    [InlineData("binary(i, x) function=pow", "integers are raised exactly to integers")]
    [InlineData("binary(x, t) function=mul", "a is fp32[2,3], b is fp32[3,2]: extents must be equal or 1")]
    [InlineData("where(x, x, x)", "c is fp32[2,3], expected uint8")]
    [InlineData("where(c, x, i)", "x is fp32[2,3], y is int32[2,3]: expected one type")]
    [InlineData("where(c, x, t)", "extents must be equal or 1")]
    [InlineData("cast(x) dtype=int64", "dtype is int64, expected one of fp32, ")]
    [InlineData("cast(x) dtype=e8m0", "dtype is e8m0, expected one of fp32, ")]
    [InlineData("cast(x) dtype=int32 bool=1", "dtype is int32, bool=1 gives uint8")]
    [InlineData("cast(x) dtype=int32 saturate=2", "saturate is 2, expected 0 or 1")]
    [InlineData("cast(x)", "attribute dtype is missing")]
    [InlineData("linear(i, t)", "x is int32[2,3], expected floats")]
    [InlineData("rms_norm(x, c)", "weight is uint8[3], expected floats")]
    [InlineData("attention(w, w, w, p) heads=1 kv_heads=1 scale=1", "heads have 129 columns, limit 128")]
    public void Refused(string node, string words)
    {
        var text = $"graph 1\ninput x fp32[2,3]\ninput i int32[2,3]\ninput c uint8[3]\ninput t fp32[3,2]\n"
            + $"input w fp32[1,129]\ninput p int32[1,1]\ny = {node}\noutput y\n";
        var e = Assert.Throws<TrnException>(() => GraphText.Parse(text, "g"));
        Assert.StartsWith("g:8: error TRN1413: y = ", e.Diagnostics[0].ToString(), StringComparison.Ordinal);
        Assert.Contains(words, e.Diagnostics[0].Message, StringComparison.Ordinal);
    }
}
