using FsCheck.Fluent;

namespace TrnEmu.Tests.Support;

public sealed class PropertyTests
{
    [Fact]
    public void A_false_property_fails() =>
        Assert.ThrowsAny<Exception>(() => Property.ForAll(Gen.Choose(0, 100), n => Assert.True(n < 50)));

    [Fact]
    public void A_true_property_passes() => Property.ForAll(Gen.Choose(0, 100), n => Assert.InRange(n, 0, 100));
}
