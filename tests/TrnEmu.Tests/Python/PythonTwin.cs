using System.Text.Json;
using TrnEmu.Compiler.Kernels;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Python;

/// <summary>A kernel in Python that does the same as one in C#.</summary>
/// <param name="Kernel">Its name in both.</param>
/// <param name="File">Its file under kernels/.</param>
/// <param name="Inputs">The function there that makes the inputs from sizes.</param>
internal sealed record PythonTwin(string Kernel, string File, string Inputs = "inputs")
{
    // Sizes of the kernel in C# that are parameters of another name in Python.
    private static readonly Dictionary<string, string> Renamed = new() { ["BM"] = "tiles_m", ["BN"] = "tiles_n" };

    /// <summary>Runs it at several sizes, in one process.</summary>
    public IReadOnlyList<TwinRun> Run(
        string chip, IEnumerable<(Sizes Sizes, DType DType)> runs, IReadOnlyList<Dimension> dimensions)
    {
        var text = JsonSerializer.Serialize(runs.Select(
            r => new { chip, arguments = Arguments(r.Sizes, r.DType, dimensions) }));
        var script = Path.Combine(Repository.Root, "tests", "python", "twins.py");
        var file = Path.Combine(Repository.Root, "kernels", File);
        var run = Interpreter.RunScript(script, file, Kernel, Inputs, text);
        Assert.True(run.Code == 0, $"{Kernel}: exit code {run.Code}\n{run.All}");
        using var json = JsonDocument.Parse(run.Output);
        return [.. json.RootElement.EnumerateArray().Select(TwinRun.Read)];
    }

    private static Dictionary<string, object> Arguments(Sizes sizes, DType dtype, IReadOnlyList<Dimension> dimensions)
    {
        var arguments = dimensions.ToDictionary(
            d => Renamed.GetValueOrDefault(d.Name, d.Name.ToLowerInvariant()), object (d) => sizes[d.Name]);
        arguments["dtype"] = dtype.Name();
        return arguments;
    }
}

/// <summary>What a run in Python says about itself.</summary>
/// <param name="TimeUs">Predicted time.</param>
/// <param name="EngineInstructions">Instructions of the engines.</param>
/// <param name="InstructionsByName">Operations by name.</param>
/// <param name="Program">The compiled program as text.</param>
internal sealed record TwinRun(double TimeUs, long EngineInstructions, string InstructionsByName, string Program)
{
    /// <summary>One object of what tests/python/twins.py prints.</summary>
    public static TwinRun Read(JsonElement run) => new(
        run.GetProperty("time_us").GetDouble(), run.GetProperty("engine_instructions").GetInt64(),
        string.Join(", ", run.GetProperty("instructions_by_name").EnumerateObject().Select(p => $"{p.Name} {p.Value}")),
        run.GetProperty("program").GetString()!);
}
