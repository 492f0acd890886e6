using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Sim.Models;

/// <summary>The formulas over a chip's numbers.</summary>
public sealed class ChipTimingModel : ITimingModel
{
    private readonly Chip _chip;
    private readonly TensorPrices _tensor;
    private readonly DmaPrices _dma;
    private readonly ComputePrices[] _compute;
    private readonly IssueTimes[] _issue;

    /// <summary>The model of a chip.</summary>
    public ChipTimingModel(Chip chip, TimeOptions? options = null)
    {
        _chip = chip;
        _tensor = new TensorPrices(chip.Tensor);
        _dma = new DmaPrices(chip.Dma);
        _compute =
        [
            new ComputePrices(chip.Vector, null), new ComputePrices(chip.Scalar, chip.Activation),
            new ComputePrices(chip.Gpsimd, null),
        ];
        _issue = [chip.Sync, chip.Tensor.Issue, chip.Vector.Issue, chip.Scalar.Issue, chip.Gpsimd.Issue, chip.Sync];
        Times = ChipTimes.Of(chip, _issue, options ?? new TimeOptions());
    }

    /// <inheritdoc/>
    public int Generation => _chip.Generation;

    /// <inheritdoc/>
    public MachineTimes Times { get; }

    /// <inheritdoc/>
    public Price Instruction(Engine engine, in Instruction instruction, byte loadedTable) => instruction.Class switch
    {
        CostClass.DmaTrigger => Fixed(_issue[(int)engine].TriggerNs),
        CostClass.Register or CostClass.Branch => Fixed(_issue[(int)engine].RegisterNs),
        CostClass.LoadStationary or CostClass.MultiplyMoving or CostClass.TransposeMoving =>
            engine == Engine.Tensor ? _tensor.Of(instruction) : throw NoPrice(engine, instruction),
        _ => engine is Engine.Vector or Engine.Scalar or Engine.GpSimd
            ? _compute[engine - Engine.Vector].Of(instruction, loadedTable) ?? throw NoPrice(engine, instruction)
            : throw NoPrice(engine, instruction),
    };

    /// <inheritdoc/>
    public ushort Claims(Engine engine, in Instruction instruction) => PortClaims.Of(
        _chip.Shared, engine, instruction, engine == Engine.Vector && _compute[0].IsFast(instruction));

    /// <inheritdoc/>
    public double ChannelsPerByte(in DmaTransfer transfer) =>
        Times.Arbitrates ? HbmChannels.PerByte(_chip, transfer) : 0;

    /// <inheritdoc/>
    public Price Share(in DmaTransfer transfer, int rows) => _dma.Share(transfer, rows);

    /// <summary>
    /// Time that a packet of some bytes holds its DMA engine: <c>(ceil(bytes / bytes per cycle) + overhead) /
    /// clock</c>.
    /// </summary>
    public long Packet(long bytes) => Units.Picoseconds(_dma.PacketNs(bytes));

    private static Price Fixed(Quantity ns)
    {
        var time = Units.Picoseconds(ns);
        return new Price(time, time, BasisTime.Of(ns.Basis, time));
    }

    private TrnException NoPrice(Engine engine, in Instruction instruction) => new(
        FailureKind.BadInput,
        Diagnostic.Error(
            SimCodes.NoPrice, $"chip {_chip.Name} has no price for {instruction.Class} on the {engine.Title()} engine",
            SourceSpan.None));
}
