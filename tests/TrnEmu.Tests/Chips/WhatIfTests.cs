using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Tests.Chips;

public sealed class WhatIfTests
{
    [Theory]
    [InlineData("trn1"), InlineData("inf2"), InlineData("trn2"), InlineData("trn3"), InlineData("unit")]
    public void Every_number_that_a_chip_lists_can_be_replaced(string name)
    {
        var numbers = ChipNumbers.Of(Chip.Load(name)).ToArray();
        var same = Chip.Load(name, [.. numbers.Select(n => KeyValuePair.Create(n.Path, n.Quantity.Value))]);
        foreach (var ((path, before), (_, after)) in numbers.Zip(ChipNumbers.Of(same)))
        {
            Assert.Equal((path, before.Value, before.Unit), (path, after.Value, after.Unit));
            Assert.Equal((Basis.Assumed, "what-if"), (after.Basis, after.Source));
        }

        Assert.Contains(numbers, n => n.Path == "vector.classes.elementwise.cycles");
    }

    [Theory]
    [InlineData("dma.generation", "dma.generation_ns")]
    [InlineData("generation_ns", "dma.generation_ns")]
    [InlineData("vector.clock_mhz", "vector.clock_ghz")]
    [InlineData("vector", "vector.clock_ghz")]
    [InlineData("tensor.warmup", "tensor.warm_up_ns")]
    public void A_key_that_is_none_is_told_the_near_ones(string key, string near)
    {
        var finding = Refused(key, 0);
        Assert.Equal(ChipCodes.UnknownProperty, finding.Code);
        Assert.StartsWith($"what-if {key}=0: is not a number of the chip; near are ", finding.Message);
        Assert.Contains(near, finding.Message);
    }

    [Theory]
    [InlineData("dma.generation_ns", -1, "what-if dma.generation_ns=-1: expected a number from 0 to 1000000000, in ns")]
    [InlineData("vector.clock_ghz", 0, "what-if vector.clock_ghz=0: expected a number from 0.001 to 1000, in GHz")]
    [InlineData("psum_banks", 1.5, "what-if psum_banks=1.5: expected a whole number from 1 to 64, in banks")]
    [InlineData("tensor.sustained_rate", double.NaN,
        "what-if tensor.sustained_rate=NaN: expected a number from 0.001 to 1")]
    [InlineData("dma.generation_ns", double.PositiveInfinity,
        "what-if dma.generation_ns=Infinity: expected a number from 0 to 1000000000, in ns")]
    [InlineData("vector.classes.scan.cycles", -2,
        "what-if vector.classes.scan.cycles=-2: expected a number from 0 to 1000000, in cycles")]
    public void A_value_out_of_range_is_told_bounds_and_unit(string key, double value, string message)
    {
        var finding = Refused(key, value);
        Assert.Equal((ChipCodes.BadValue, message), (finding.Code, finding.Message));
    }

    private static Diagnostic Refused(string key, double value)
    {
        var refused = Assert.Throws<TrnException>(() => Chip.Load("trn2", [new(key, value)]));
        Assert.Equal(FailureKind.BadInput, refused.Kind);
        return Assert.Single(refused.Diagnostics);
    }
}
