using System.Runtime.InteropServices;

namespace TrnEmu.Bench.Compare.Baselines;

/// <summary>oneDNN by its C interface (version 2), one thread: bf16 matrices, fp32 result.</summary>
internal static unsafe class OneDnn
{
    /// <summary>Category of benchmarks that need the library.</summary>
    public const string Category = "oneDNN";

    private const int Major = 2, Cpu = 1, InOrder = 1, Bf16 = 2, Fp32 = 3;

    /// <summary>The library's descriptors are structs of some hundred bytes, whose size changes with its version.</summary>
    private const int DescriptorBytes = 1 << 14;

    private static readonly nint Library = Load();

    public static bool IsPresent => Library != 0;

    /// <summary>The version, or what is left out without it.</summary>
    public static string Description => IsPresent
        ? $"oneDNN {Version()}: one thread, bf16 to fp32 with sum, plain layouts, avx512_core_bf16 where the processor has it"
        : "oneDNN 2 is not installed (Debian: libdnnl2): the comparisons with it are left out.";

    /// <summary>c[m, n] += Σ_k a[m, k] b[k, n] with a and b in bf16; each call computes it.</summary>
    /// <exception cref="InvalidOperationException">The library refuses.</exception>
    public static Action Product(int m, int n, int k, ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> b)
    {
        var engine = Engine();
        var stream = Stream(engine);
        var (x, w, y) = (Matrix(m, k, Bf16), Matrix(k, n, Bf16), Matrix(m, n, Fp32));
        var product = Primitive(engine, x, w, y);
        var arguments = (Argument*)NativeMemory.Alloc(3, (nuint)sizeof(Argument));
        arguments[0] = new Argument(1, Memory(engine, x, a));
        arguments[1] = new Argument(33, Memory(engine, w, b));
        arguments[2] = new Argument(17, Memory(engine, y, new ushort[2 * m * n]));
        var execute = (delegate* unmanaged<nint, nint, int, Argument*, int>)Export("dnnl_primitive_execute");
        var wait = (delegate* unmanaged<nint, int>)Export("dnnl_stream_wait");
        return () =>
        {
            Check(execute(product, stream, 3, arguments));
            Check(wait(stream));
        };
    }

    private static nint Engine()
    {
        nint engine = 0;
        Check(((delegate* unmanaged<nint*, int, nuint, int>)Export("dnnl_engine_create"))(&engine, Cpu, 0));
        return engine;
    }

    private static nint Stream(nint engine)
    {
        nint stream = 0;
        Check(((delegate* unmanaged<nint*, nint, uint, int>)Export("dnnl_stream_create"))(&stream, engine, InOrder));
        return stream;
    }

    private static nint Primitive(nint engine, nint x, nint w, nint y)
    {
        nint description = 0, primitive = 0;
        var operation = Descriptor();
        Check(((delegate* unmanaged<nint, nint, nint, nint, nint, int>)Export("dnnl_matmul_desc_init"))(
            operation, x, w, 0, y));
        Check(((delegate* unmanaged<nint*, nint, nint, nint, nint, int>)Export("dnnl_primitive_desc_create"))(
            &description, operation, Adding(), engine, 0));
        Check(((delegate* unmanaged<nint*, nint, int>)Export("dnnl_primitive_create"))(&primitive, description));
        return primitive;
    }

    /// <summary>The attribute that what is there is added to.</summary>
    private static nint Adding()
    {
        nint attribute = 0, after = 0;
        Check(((delegate* unmanaged<nint*, int>)Export("dnnl_primitive_attr_create"))(&attribute));
        Check(((delegate* unmanaged<nint*, int>)Export("dnnl_post_ops_create"))(&after));
        Check(((delegate* unmanaged<nint, float, int>)Export("dnnl_post_ops_append_sum"))(after, 1));
        Check(((delegate* unmanaged<nint, nint, int>)Export("dnnl_primitive_attr_set_post_ops"))(attribute, after));
        return attribute;
    }

    private static nint Descriptor() => (nint)NativeMemory.AllocZeroed(DescriptorBytes);

    /// <summary>Rows one after the other.</summary>
    private static nint Matrix(int rows, int columns, int dtype)
    {
        var descriptor = Descriptor();
        long* shape = stackalloc long[] { rows, columns }, strides = stackalloc long[] { columns, 1 };
        Check(((delegate* unmanaged<nint, int, long*, int, long*, int>)Export("dnnl_memory_desc_init_by_strides"))(
            descriptor, 2, shape, dtype, strides));
        return descriptor;
    }

    private static nint Memory(nint engine, nint descriptor, ReadOnlySpan<ushort> values)
    {
        var bytes = NativeMemory.AlignedAlloc((nuint)values.Length * sizeof(ushort), 64);
        values.CopyTo(new Span<ushort>(bytes, values.Length));
        nint memory = 0;
        Check(((delegate* unmanaged<nint*, nint, nint, void*, int>)Export("dnnl_memory_create"))(
            &memory, descriptor, engine, bytes));
        return memory;
    }

    private static nint Load()
    {
        if (!NativeLibrary.TryLoad("libdnnl.so.2", out var library)) return 0;
        if (NativeLibrary.TryLoad("libgomp.so.1", out var threads))
            ((delegate* unmanaged<int, void>)NativeLibrary.GetExport(threads, "omp_set_num_threads"))(1);
        return library;
    }

    private static string Version()
    {
        var version = ((delegate* unmanaged<int*>)Export("dnnl_version"))();
        return $"{version[0]}.{version[1]}.{version[2]}";
    }

    private static nint Export(string name) => NativeLibrary.GetExport(Library, name);

    private static void Check(int status)
    {
        if (status != 0) throw new InvalidOperationException($"oneDNN {Major} refuses: status {status}");
    }

    private readonly record struct Argument(int Kind, nint Memory);
}
