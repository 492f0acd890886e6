using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Sim.Models;

namespace TrnEmu.Tests.Sim;

/// <summary>Rows that meet in few channels of an HBM whose addresses are not hashed.</summary>
public sealed class HbmChannelTests
{
    /// <summary>
    /// Eight channels of 1 KiB: rows of 1 KiB every 16 KiB meet in one, and get an eighth of the bandwidth.
    /// </summary>
    [Theory]
    [InlineData(1024, 0, 8)]
    [InlineData(1024, 1024, 8)]
    [InlineData(1024, 16384, 1)]
    [InlineData(256, 8192, 1)]
    [InlineData(2048, 16384, 2)]
    [InlineData(4096, 8192, 4)]
    [InlineData(1024, 9216, 8)]
    [InlineData(8, 800, 8)]
    [InlineData(1024, 2048, 4)]
    public void A_transfer_gets_the_share_of_the_channels_that_it_uses(long rowBytes, long pitch, int used)
    {
        var chip = Chip.Load("trn1");
        var transfer = Load(rowBytes, pitch);
        var expected = used == 8 ? 0 : 1000.0 * 8 / (used * chip.HbmGbPerS);
        Assert.Equal(expected, new ChipTimingModel(chip).ChannelsPerByte(transfer));
        Assert.Equal(0, new ChipTimingModel(Chip.Load("trn2")).ChannelsPerByte(transfer));
    }

    [Fact]
    public void Transfers_that_meet_in_a_channel_take_as_long_as_it_needs()
    {
        var program = new TestProgram();
        for (var i = 0; i < 101; i++) program.Add(Engine.Sync, new TestDma(Load(1024, 16384)), i % 4, []);
        var times = program.Run("trn1");
        var interval = (TestProgram.Ns(times, 100).End - TestProgram.Ns(times, 50).End) / 50;
        Assert.Equal(128 * 1024 / (Chip.Load("trn1").HbmGbPerS / 8), interval, 1.0);
    }

    private static DmaTransfer Load(long rowBytes, long pitch) =>
        new(MemorySpace.Hbm, MemorySpace.Sbuf, 0, 128, rowBytes, 1, DType.Bf16, HbmPitch: pitch);
}
