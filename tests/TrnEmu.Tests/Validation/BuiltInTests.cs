using TrnEmu.Core.Chips;
using TrnEmu.Sim.Models;
using TrnEmu.Validation;

namespace TrnEmu.Tests.Validation;

/// <summary>The measurements that the emulator brings.</summary>
public sealed class BuiltInTests
{
    public static TheoryData<string> Rows() => [.. MeasuredKernels.BuiltIn.Rows.Select(r => r.Id)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_names_a_kernel_that_traces_on_its_chip(string id)
    {
        var row = MeasuredKernels.BuiltIn.Rows.Single(r => r.Id == id);
        var chip = Chip.Load(row.Chip);
        var trace = KernelWorkload.Find(row.Kernel, RowModel.OptionsOf(row)).Trace(chip);
        Assert.NotEmpty(trace.Cores[0].Entries);
        Assert.NotEmpty(row.Source);
    }

    [Fact]
    public void Instructions_and_packets_meet_their_limits()
    {
        var set = MeasuredKernels.BuiltIn with { Rows = [], Ladders = [] };
        var chip = Assert.Single(Validator.Run(set).Chips);
        Assert.Equal((13, 17), (chip.Instructions.Count, chip.Packets.Count));
        Assert.All(chip.Instructions.Concat(chip.Packets), f =>
            Assert.True(f.Passed, $"{f.Name}: {f.Predicted} for {f.Measured}"));
    }

    [Fact]
    public void Stages_are_the_numbers_of_the_chip()
    {
        var chip = Chip.Load("trn2");
        var stages = Stages("exp-4x4096", chip);
        Assert.Equal(chip.Sync.TriggerToPacketNs, stages["load_trigger_to_packet"], 1e-9);
        Assert.Equal(chip.Dma.EndToEngineNs, stages["load_to_scalar"], 1e-9);
        Assert.Equal(chip.Activation.TableLoadNs, stages["table_load"], 1e-3);
        Assert.Equal(chip.Activation.TableLatencyNs + 4096 / chip.Scalar.ClockGhz, stages["activate"], 1e-3);
        Assert.Equal(chip.Sync.TriggerToPacketNs, stages["store_trigger_to_packet"], 1e-9);
        var model = new ChipTimingModel(chip);
        Assert.Equal((model.Packet(4 * 4096 * 2) + model.Packet(4)) / 1e3, stages["store_hold"], 1e-3);
        Assert.True(stages["load_packet"] > stages["store_hold"], "a packet is written after its engine is free");
        Assert.Equal(chip.Gpsimd.Issue.TriggerToPacketNs, Stages("exp-128x128", chip)["load_trigger_to_packet"], 1e-9);
    }

    private static Dictionary<string, double> Stages(string id, Chip chip)
    {
        var row = MeasuredKernels.BuiltIn.Rows.Single(r => r.Id == id);
        return row.Stages.Keys.Zip(RowModel.Build(row, chip).Predict(chip)).ToDictionary(s => s.First, s => s.Second);
    }
}
