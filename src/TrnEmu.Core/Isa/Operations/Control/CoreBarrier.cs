using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Isa.Operations.Control;

/// <summary>
/// No core goes on before all have arrived: what each did to data before is complete for all after. Each core signals
/// the other's semaphore and waits for its own; the engine that executes it stands still, the others do not. Moves no
/// byte. Source: nki.isa.core_barrier.
/// </summary>
/// <param name="Data">The HBM tensor that the cores share; it is guarded as a whole.</param>
/// <param name="Cores">[0,1], the two cores of a logical core.</param>
[Operation("core_barrier", Engines = Engines.Any, MinGeneration = 3, Summary = "all cores arrive before one goes on",
    Example = """
        hbm shared : fp32[256,512]
        core 0
        gpsimd core_barrier data=shared cores=[0,1]
        core 1
        gpsimd core_barrier data=shared cores=[0,1]
        """)]
public sealed record CoreBarrier(
    [Reads(Spaces = MemorySpaces.Hbm, DTypes = "all")] AccessPattern Data, EquatableArray<int> Cores) : Operation, IMeeting
{
    /// <inheritdoc/>
    public MeetingPoint Point => new("core_barrier", 0);

    /// <inheritdoc/>
    public int? Guarded => Data.Tensor;

    /// <inheritdoc/>
    public string? Mismatch(Operation other, IProgram program) => ((CoreBarrier)other).Data.Tensor == Data.Tensor
        ? null
        : $"data is {program.TensorOf(Data).Name} here and {program.TensorOf(((CoreBarrier)other).Data).Name} on the other core";

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        CoreRules.TwoCores(v);
        DynamicRules.None(v, "data", Data);
        if (Cores.Count != CoreRules.Cores || Cores[0] != 0 || Cores[1] != 1)
            v.Error(CoreRules.Ranks, $"cores is [{string.Join(',', Cores)}], must be [0,1]");
    }

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        // Meeting is all it does; who inserts semaphores looks at Guarded.
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) => e.Add(RegisterRules.Work);
}
