using System.Globalization;
using TrnEmu.Bench.Host;
using TrnEmu.Core.Memory;

namespace TrnEmu.Bench.Compare.Rows;

/// <summary>
/// Peak memory of a process that runs something, beyond the program's tensors in HBM (weights among them, once).
/// </summary>
internal static class MemoryRows
{
    /// <summary>Of the child.</summary>
    public const string Name = "memory";

    private const string Kernel = "kernel", Model = "model";
    private const int Rows = 128, Weights = 8192;
    private const int ModelLayers = 6, ModelVocabulary = 8192;
    private const double MostMegabytes = 120;

    public static IEnumerable<Row> Of()
    {
        yield return Row("memory of a run of a kernel, beyond HBM", Kernel);
        yield return Row("memory of a run of a model, beyond HBM", Model);
    }

    /// <summary>The child's measurement.</summary>
    public static Measurement Here(string[] arguments)
    {
        if (arguments is [Kernel]) return Measure("matmul_blocked", Options(("M", Rows), ("N", Weights), ("K", Weights)));
        var folder = Directory.CreateTempSubdirectory("trnemu-memory").FullName;
        try
        {
            Gpt2Small.Write(folder, ModelLayers, ModelVocabulary);
            return Measure(folder, Options() with { Tokens = [1], Steps = 1 });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Row Row(string name, string what) =>
        new(name, Bound.AtMost(MostMegabytes, "MB"), "", e => Child.Measure(e, Name, [what]));

    private static RunOptions Options(params (string Name, int Size)[] dims) => new()
    {
        Dims = dims.ToDictionary(d => d.Name, d => d.Size),
        Reference = false,
    };

    private static Measurement Measure(string target, RunOptions options)
    {
        var before = PeakMemory.Megabytes;
        var run = Emulator.Run(target, options);
        var peak = PeakMemory.Megabytes;
        var hbm = run.Program.Tensors.Where(t => t.Space == MemorySpace.Hbm).Sum(t => t.Bytes) / 1e6;
        return Measurement.Of(
            Spread.Of(peak - hbm),
            string.Create(CultureInfo.InvariantCulture, $"peak {peak:0} MB, tensors in HBM {hbm:0} MB; before the run {before:0} MB"));
    }
}
