using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics.X86;

namespace TrnEmu.Bench.Compare.Baselines;

/// <summary>
/// torch in a Python process that stays, one thread, and computes a BERT-base layer whenever it is asked to; so its runs
/// and ours take turns. OpenBLAS inside it uses AVX-512 where the host has it.
/// </summary>
internal static class Torch
{
    /// <summary>Category of benchmarks that need it.</summary>
    public const string Category = "torch";

    private static readonly string[] Pythons = ["python3", "/usr/bin/python3"];

    private static readonly Lazy<Process?> Server = new(Start);
    private static string? _version;

    public static bool IsPresent => Server.Value is not null;

    /// <summary>The version, or what is left out without it.</summary>
    public static string Description => IsPresent
        ? $"{_version}: one thread, OPENBLAS_CORETYPE={CoreType}, the faster of TransformerEncoderLayer and a layer written by hand"
        : "torch is not installed (Debian: python3-torch): the comparisons with it are left out.";

    private static string CoreType => Avx512F.IsSupported ? "SkylakeX" : "Haswell";

    /// <summary>A layer in fp32 or bf16 as samples of CPU time.</summary>
    public static Timed Layer(string dtype, int tokens) => () => Ask($"{dtype} {tokens}");

    private static double Ask(string line)
    {
        var server = Server.Value!;
        server.StandardInput.WriteLine(line);
        server.StandardInput.Flush();
        var answer = server.StandardOutput.ReadLine() ?? throw new InvalidOperationException("torch ended");
        return double.Parse(answer.Split(' ')[0], CultureInfo.InvariantCulture);
    }

    private static Process? Start()
    {
        var script = Path.Combine(AppContext.BaseDirectory, "torch_layer.py");
        foreach (var python in Pythons)
        {
            var start = new ProcessStartInfo(python, [script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["OPENBLAS_CORETYPE"] = CoreType;
            if (TryStart(start) is not { } server) continue;
            if (server.StandardOutput.ReadLine() is { } version)
            {
                _version = version;
                server.ErrorDataReceived += static (_, _) => { };
                server.BeginErrorReadLine();
                AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Kill();
                return server;
            }
        }

        return null;
    }

    private static Process? TryStart(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
