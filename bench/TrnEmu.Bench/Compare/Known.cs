using TrnEmu.Bench.Compare.Baselines;
using TrnEmu.Bench.Host;

namespace TrnEmu.Bench.Compare;

/// <summary>The baselines, each in its version and setting, or what is left out without it.</summary>
internal static class Known
{
    public static IEnumerable<string> Descriptions =>
        [OpenBlas.Description, OneDnn.Description, Torch.Description, OnnxRuntime.Description, ArrayPaths.Description];

    /// <summary>Benchmarks of this category can run here.</summary>
    public static bool IsPresent(string category) => category switch
    {
        OpenBlas.Category => OpenBlas.IsPresent,
        OneDnn.Category => OneDnn.IsPresent,
        Torch.Category => Torch.IsPresent,
        OnnxRuntime.Category => OnnxRuntime.IsPresent,
        _ => true,
    };
}
