using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Accelerated;
using TrnEmu.Core.Numerics.Kernels;

namespace TrnEmu.Core.Numerics;

/// <summary>The ways of computing a <see cref="Matmul"/>, all of the same bits, and which one a product takes.</summary>
internal static unsafe class MatmulPaths
{
    /// <summary>The fastest way that the host has.</summary>
    public static void Run(
        in Tile psum, in MatmulInputs inputs, bool accumulate, ulong* mask, MatmulWorkspace workspace, int threads)
    {
        Matmul.Check(psum, inputs);
        if (IsAccelerated(inputs)) RunPairs(psum, inputs, accumulate, mask, workspace, threads);
        else RunFma(psum, inputs, accumulate, mask, workspace, threads);
    }

    /// <summary>True when a product of these inputs goes by dot products of pairs.</summary>
    public static bool IsAccelerated(in MatmulInputs inputs) => PairPanel.Takes(inputs) && MatmulAccelerator.IsOn;

    /// <summary>By fma, with the widest vectors that the host has.</summary>
    public static void RunFma(
        in Tile psum, in MatmulInputs inputs, bool accumulate, ulong* mask, MatmulWorkspace workspace, int threads)
    {
        var isScaled = !inputs.IsScaled
            || (ScaleRows.Fit(inputs.StationaryScale, inputs.Groups, inputs.Stationary.DType)
                && ScaleRows.Fit(inputs.MovingScale, inputs.Groups, inputs.Moving.DType));
        delegate*<PanelJob, int, void> panel = !isScaled ? &ScaledPanel.Run
            : Vector512.IsHardwareAccelerated ? &PanelProduct.Run<KernelVector512>
            : Vector256.IsHardwareAccelerated ? &PanelProduct.Run<KernelVector256>
            : &PanelProduct.Run<KernelScalar>;
        Run(panel, psum, inputs, accumulate, mask, workspace, threads, isScaled);
    }

    /// <summary>
    /// By dot products of bf16 pairs (<see cref="PairPanel.Takes"/>), panels where a denormal may arise by fma.
    /// </summary>
    public static void RunPairs(
        in Tile psum, in MatmulInputs inputs, bool accumulate, ulong* mask, MatmulWorkspace workspace, int threads)
    {
        var job = Prepare(psum, inputs, accumulate, mask, workspace);
        job.StationaryLeast = PairPanel.LoadStationary(inputs, workspace.Stationary);
        job.LeaveNone();
        var panels = Panels(inputs);
        job.Run(&PairPanel.Run, panels, threads);
        if (job.AnyLeft)
        {
            PanelProduct.LoadStationary(inputs, workspace.Stationary, workspace.StationaryScales, isScaled: false);
            job.Run(&PairPanel.RunLeft, panels, threads);
        }

        GC.KeepAlive(workspace);
    }

    /// <summary>The same with a mask that may be empty.</summary>
    public static void RunPairs(
        in Tile psum, in MatmulInputs inputs, bool accumulate, ReadOnlySpan<ulong> mask, MatmulWorkspace workspace,
        int threads)
    {
        fixed (ulong* bits = mask) RunPairs(psum, inputs, accumulate, bits, workspace, threads);
    }

    /// <summary>With a micro-kernel of the caller's choice.</summary>
    public static void Run<TKernel>(
        in Tile psum, in MatmulInputs inputs, bool accumulate, ReadOnlySpan<ulong> mask,
        MatmulWorkspace workspace, int threads) where TKernel : struct, IMatmulKernel
    {
        fixed (ulong* bits = mask)
            Run(&PanelProduct.Run<TKernel>, psum, inputs, accumulate, bits, workspace, threads, isScaled: true);
    }

    /// <summary>Scaled inputs as if their elements were beyond fp32.</summary>
    public static void RunBeyondFp32(
        in Tile psum, in MatmulInputs inputs, bool accumulate, ReadOnlySpan<ulong> mask, MatmulWorkspace workspace,
        int threads)
    {
        fixed (ulong* bits = mask)
            Run(&ScaledPanel.Run, psum, inputs, accumulate, bits, workspace, threads, isScaled: false);
    }

    private static void Run(
        delegate*<PanelJob, int, void> panel, in Tile psum, in MatmulInputs inputs, bool accumulate, ulong* mask,
        MatmulWorkspace workspace, int threads, bool isScaled)
    {
        var job = Prepare(psum, inputs, accumulate, mask, workspace);
        PanelProduct.LoadStationary(inputs, workspace.Stationary, workspace.StationaryScales, isScaled);
        job.Run(panel, Panels(inputs), threads);
        GC.KeepAlive(workspace);
    }

    private static int Panels(in MatmulInputs inputs) => (inputs.Columns + PanelProduct.Width - 1) / PanelProduct.Width;

    private static PanelJob Prepare(
        in Tile psum, in MatmulInputs inputs, bool accumulate, ulong* mask, MatmulWorkspace workspace)
    {
        var job = workspace.Job;
        job.Psum = psum;
        job.Inputs = inputs;
        job.Stationary = workspace.Stationary;
        job.StationaryScales = workspace.StationaryScales;
        job.Accumulate = accumulate;
        job.Mask = mask;
        return job;
    }
}
