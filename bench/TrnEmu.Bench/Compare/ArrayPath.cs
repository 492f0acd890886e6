using TrnEmu.Core.Numerics.Accelerated;

namespace TrnEmu.Bench.Compare;

/// <summary>How matrix products are computed.</summary>
public enum ArrayPath
{
    /// <summary>By fma in portable vectors.</summary>
    Portable,

    /// <summary>By the processor's bf16 dot products.</summary>
    Accelerated,
}

internal static class ArrayPaths
{
    /// <summary>The processor can do it.</summary>
    public static bool IsAvailable => MatmulAccelerator.IsAvailable;

    public static string Description => IsAvailable
        ? "accelerated: bf16 dot products of this processor"
        : "Bf16 dot products of this processor are not available: the accelerated rows are left out.";

    /// <summary>Products of this process go that way from now on.</summary>
    public static void Choose(ArrayPath path) => MatmulAccelerator.IsEnabled = path == ArrayPath.Accelerated;

    /// <summary>Measures with products on that path; missing where the processor cannot.</summary>
    public static Measurement On(ArrayPath path, Func<Measurement> measure)
    {
        if (path == ArrayPath.Accelerated && !IsAvailable) return Measurement.Missing(Description);
        var before = MatmulAccelerator.IsEnabled;
        Choose(path);
        try
        {
            return measure();
        }
        finally
        {
            MatmulAccelerator.IsEnabled = before;
        }
    }
}
