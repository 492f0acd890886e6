using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Isa;

/// <summary>
/// An operation of the Tensor engine whose sums go to PSUM, where they overwrite or add. What resolves automatic
/// accumulation knows such operations by this alone.
/// </summary>
public interface IAccumulating
{
    /// <summary>The PSUM elements that are written.</summary>
    AccessPattern Dst { get; }

    /// <summary>Which of them are added to.</summary>
    Accumulation Accumulate { get; }

    /// <summary>The same operation with another accumulation.</summary>
    Operation WithAccumulation(Accumulation accumulate);
}
