using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Tests.Compiler.Graph.Ops;

/// <summary>What an operation cannot take is said with value and rule.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("view(x) shape=[2,2] strides=[1]", "expected a stride for each extent from 1 on")]
    [InlineData("view(x) shape=[2] strides=[-1]", "reads elements -1 to 0, x is fp32[2,3]: it has 6")]
    [InlineData("view(x) shape=[7] strides=[1]", "reads elements 0 to 6")]
    [InlineData("view(x) shape=[2] strides=[1] offset=5", "reads elements 5 to 6")]
    [InlineData("view(x) shape=[2] strides=[1] offset=0.5", "offset is 0.5, expected a whole number")]
    [InlineData("view(x) shape=2 strides=[1]", "shape is 2, expected whole numbers as [0,1]")]
    [InlineData("view(x) shape=[65536,65536] strides=[0,0]", "limit 2147483647 elements")]
    [InlineData("concat(x, x) axis=2", "axis is 2, expected 0 to 1 for fp32[2,3]")]
    [InlineData("concat(x, i) axis=0", "has operands fp32[2,3] and int32[2,3], expected the same but along axis 0")]
    [InlineData("pad(x) before=[1] after=[0,0] value=0", "expected a number from 0 on for each dimension")]
    [InlineData("pad(x) before=[1,-1] after=[0,0] value=0", "expected a number from 0 on for each dimension")]
    [InlineData("pad(x) before=[1,0] after=[0,0] value=large", "value is large, expected inf, -inf or a number")]
    [InlineData("pad(i) before=[1,0] after=[0,0] value=0.5", "value is 0.5, expected inf, -inf or a number, which int32 holds")]
    [InlineData("pad(x) before=[2147483647,0] after=[0,0] value=0", "has more elements than the limit 2147483647")]
    public void Refused(string node, string words)
    {
        var text = $"graph 1\ninput x fp32[2,3]\ninput i int32[2,3]\ninput c uint8[3]\ny = {node}\noutput y\n";
        var e = Assert.Throws<TrnException>(() => GraphText.Parse(text, "g"));
        Assert.StartsWith("g:5: error TRN1413: y = ", e.Diagnostics[0].ToString(), StringComparison.Ordinal);
        Assert.Contains(words, e.Diagnostics[0].Message, StringComparison.Ordinal);
    }
}
