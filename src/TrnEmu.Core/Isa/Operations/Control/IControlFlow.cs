namespace TrnEmu.Core.Isa.Operations.Control;

/// <summary>
/// An operation that decides which entry of its core comes next. It is a barrier of the core: all engines and DMA have
/// completed what came before, and semaphores of loops are 0 again.
/// </summary>
public interface IControlFlow
{
    /// <summary>1 when it begins a loop, -1 when it ends one.</summary>
    int Nesting { get; }
}
