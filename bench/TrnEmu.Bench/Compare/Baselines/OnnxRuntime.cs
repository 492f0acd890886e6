using System.Runtime.InteropServices;

namespace TrnEmu.Bench.Compare.Baselines;

/// <summary>
/// ONNX Runtime by its C interface, from bench/.baselines, where install-baselines.sh puts the library of npm's
/// onnxruntime-node: fp32, one thread, all graph optimisations.
/// </summary>
internal static unsafe class OnnxRuntime
{
    /// <summary>Category of benchmarks that need the library.</summary>
    public const string Category = "ONNX Runtime";

    private const uint ApiVersion = 16;
    private const int Width = 768, Fp32 = 1, AllOptimisations = 99, Errors = 3, ArenaAllocator = 1;

    private static readonly nint Library = Load();

    public static bool IsPresent => Library != 0;

    /// <summary>The version, or what is left out without it.</summary>
    public static string Description => IsPresent
        ? $"ONNX Runtime {Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)Base()[1])())}: one thread, all graph optimisations"
        : "ONNX Runtime is not installed (bench/install-baselines.sh): the comparison with it is left out.";

    private static nint* Base() => ((delegate* unmanaged<nint*>)NativeLibrary.GetExport(Library, "OrtGetApiBase"))();

    /// <summary>Computes a BERT-base layer, with each call.</summary>
    /// <exception cref="InvalidOperationException">The library refuses.</exception>
    public static Action Layer(int tokens)
    {
        var api = new Api(((delegate* unmanaged<uint, nint*>)Base()[0])(ApiVersion));
        var (environment, options) = (api.Environment(), api.Options());
        var session = api.Session(environment, options, OnnxLayer.Write(tokens));
        var (x, y) = (api.Tensor(tokens), api.Tensor(tokens));
        var (xName, yName) = (Marshal.StringToCoTaskMemUTF8("x"), Marshal.StringToCoTaskMemUTF8("y"));
        return () => api.Run(session, xName, x, yName, y);
    }

    private static nint Load()
    {
        var folder = new DirectoryInfo(Path.Combine(AppContext.BaseDirectory, "../../../../.baselines"));
        if (!OperatingSystem.IsLinux() || !folder.Exists) return 0;
        var machine = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? "x64" : "arm64";
        var file = folder.EnumerateFiles("libonnxruntime.so*", SearchOption.AllDirectories)
            .FirstOrDefault(f => f.FullName.Contains($"/linux/{machine}/", StringComparison.Ordinal));
        return file is not null && NativeLibrary.TryLoad(file.FullName, out var library) ? library : 0;
    }

    /// <summary>The functions of OrtApi by their places, which no version changes.</summary>
    private sealed class Api(nint* functions)
    {
        public nint Environment()
        {
            nint result = 0;
            var name = Marshal.StringToCoTaskMemUTF8("compare");
            Check(((delegate* unmanaged<int, nint, nint*, nint>)functions[3])(Errors, name, &result));
            return result;
        }

        public nint Options()
        {
            nint result = 0;
            Check(((delegate* unmanaged<nint*, nint>)functions[10])(&result));
            Check(((delegate* unmanaged<nint, int, nint>)functions[23])(result, AllOptimisations));
            Check(((delegate* unmanaged<nint, int, nint>)functions[24])(result, 1));
            return result;
        }

        public nint Session(nint environment, nint options, byte[] model)
        {
            nint result = 0;
            fixed (byte* bytes = model)
                Check(((delegate* unmanaged<nint, byte*, nuint, nint, nint*, nint>)functions[8])(environment, bytes, (nuint)model.Length, options, &result));
            return result;
        }

        /// <summary>fp32 [1, tokens, width] in memory that stays.</summary>
        public nint Tensor(int tokens)
        {
            nint memory = 0, result = 0;
            Check(((delegate* unmanaged<int, int, nint*, nint>)functions[69])(ArenaAllocator, 0, &memory));
            var bytes = (nuint)tokens * Width * sizeof(float);
            var data = (float*)NativeMemory.AlignedAlloc(bytes, 64);
            var random = new Random(2);
            for (var i = 0; i < tokens * Width; i++) data[i] = random.NextSingle() - 0.5f;
            var shape = stackalloc long[] { 1, tokens, Width };
            Check(((delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)functions[49])(memory, data, bytes, shape, 3, Fp32, &result));
            return result;
        }

        public void Run(nint session, nint xName, nint x, nint yName, nint y) =>
            Check(((delegate* unmanaged<nint, nint, nint*, nint*, nuint, nint*, nuint, nint*, nint>)functions[9])(session, 0, &xName, &x, 1, &yName, 1, &y));

        private void Check(nint status)
        {
            if (status == 0) return;
            throw new InvalidOperationException("ONNX Runtime: " + Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)functions[2])(status)));
        }
    }
}
