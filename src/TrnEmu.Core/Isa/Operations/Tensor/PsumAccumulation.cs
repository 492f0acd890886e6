using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Tensor;

/// <summary>How the sums of a product reach PSUM: all overwrite, all add, or by element.</summary>
internal static class PsumAccumulation
{
    /// <summary>The accumulation is decided, and runs cover the destination.</summary>
    public static void Verify(Verifier v, in AccessPattern dst, in Accumulation accumulate)
    {
        if (accumulate.Kind == AccumulationKind.Automatic)
            v.Error(TensorCodes.Undecided, "accumulate is automatic, a program must say true or false");
        if (accumulate.Kind != AccumulationKind.Mixed) return;
        MixedAccumulation.Verify(v, dst, accumulate.Runs.Span);
        if (dst.IsIndirect)
            v.Error(TensorCodes.MixedRuns, "accumulate has runs, dst is indirect: all or none are added to");
    }

    /// <summary>Writes, additions, or some of both.</summary>
    public static void Effects(EffectSink sink, in AccessPattern dst, in Accumulation accumulate)
    {
        switch (accumulate.Kind)
        {
            case AccumulationKind.Overwrite:
                sink.Write(dst);
                break;
            case AccumulationKind.Mixed:
                MixedAccumulation.Effects(sink, dst, accumulate.Runs.Span);
                break;
            default:
                sink.Accumulate(dst);
                break;
        }
    }

    /// <summary>dst (+)= the product of the inputs.</summary>
    public static void Execute(
        CoreState core, in AccessPattern dst, in Accumulation accumulate, in MatmulInputs inputs)
    {
        var (psum, adds) = (core.Destination(dst), accumulate.Kind == AccumulationKind.Add);
        switch (accumulate.Kind)
        {
            case AccumulationKind.Overwrite or AccumulationKind.Add:
                Matmul.Accumulate(psum, inputs, adds, core.Matmul, core.Threads);
                break;
            case AccumulationKind.Mixed:
                Span<ulong> mask = stackalloc ulong[MixedAccumulation.MaskWords(dst)];
                MixedAccumulation.FillMask(dst, accumulate.Runs.Span, mask);
                Matmul.Accumulate(psum, inputs, mask, core.Matmul, core.Threads);
                break;
            default:
                throw new InvalidOperationException("automatic accumulation was not resolved before execution");
        }
    }
}
