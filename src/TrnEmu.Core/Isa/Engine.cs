namespace TrnEmu.Core.Isa;

/// <summary>An engine of a NeuronCore: executes its own stream of instructions in order.</summary>
public enum Engine : byte
{
    /// <summary>Not chosen yet.</summary>
    None,

    /// <summary>PE: the 128x128 systolic array.</summary>
    Tensor,

    /// <summary>DVE: element-wise work and reductions along the free dimension.</summary>
    Vector,

    /// <summary>ACT: activation functions.</summary>
    Scalar,

    /// <summary>POOL: eight programmable cores.</summary>
    GpSimd,

    /// <summary>SP: triggers DMA and synchronises.</summary>
    Sync,
}

/// <summary>A set of engines.</summary>
[Flags]
public enum Engines : byte
{
    /// <summary>No engine.</summary>
    None = 0,

    /// <summary>Tensor.</summary>
    Tensor = 1 << Engine.Tensor,

    /// <summary>Vector.</summary>
    Vector = 1 << Engine.Vector,

    /// <summary>Scalar.</summary>
    Scalar = 1 << Engine.Scalar,

    /// <summary>GpSimd.</summary>
    GpSimd = 1 << Engine.GpSimd,

    /// <summary>Sync.</summary>
    Sync = 1 << Engine.Sync,

    /// <summary>Every engine: work that any instruction stream can issue, such as a DMA trigger.</summary>
    Any = Tensor | Vector | Scalar | GpSimd | Sync,
}

/// <summary>Names and membership of engines.</summary>
public static class EngineExtensions
{
    private static readonly string[] Names = ["none", "tensor", "vector", "scalar", "gpsimd", "sync"];

    /// <summary>The five engines.</summary>
    public static IReadOnlyList<Engine> All { get; } =
        [Engine.Tensor, Engine.Vector, Engine.Scalar, Engine.GpSimd, Engine.Sync];

    /// <summary>The name in text forms: tensor, vector, scalar, gpsimd, sync.</summary>
    public static string Name(this Engine engine) => Names[(int)engine];

    /// <summary>The name in sentences: Tensor, Vector, Scalar, GpSimd, Sync.</summary>
    public static string Title(this Engine engine) => engine.ToString();

    /// <summary>True when the set has the engine.</summary>
    public static bool Has(this Engines set, Engine engine) => engine != Engine.None && ((int)set >> (int)engine & 1) != 0;

    /// <summary>The members of the set, in the order of the enumeration.</summary>
    public static IEnumerable<Engine> Members(this Engines set) => All.Where(e => set.Has(e));
}
