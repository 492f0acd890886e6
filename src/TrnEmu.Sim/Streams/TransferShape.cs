using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Sim.Streams;

/// <summary>What some transfers of a program have in common: all that their shares' prices depend on.</summary>
/// <param name="transfer">What is moved.</param>
internal sealed class TransferShape(in DmaTransfer transfer)
{
    private readonly DmaTransfer _transfer = transfer;

    /// <summary>What is moved.</summary>
    public ref readonly DmaTransfer Transfer => ref _transfer;
}
