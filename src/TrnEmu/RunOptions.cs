using TrnEmu.Compiler.Passes;
using TrnEmu.Compiler.Quantisation;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Numerics;

namespace TrnEmu;

/// <summary>What a run is asked for; the defaults are those of the command line.</summary>
public sealed record RunOptions
{
    /// <summary>Chip name or file; null leaves it to the target (a .trn names its own) or trn2.</summary>
    public string? Chip { get; init; }

    /// <summary>Numbers of the chip that are others in this run, by their paths in the chip file.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> WhatIf { get; init; } = [];

    /// <summary>A kernel's case; null for its first.</summary>
    public string? Case { get; init; }

    /// <summary>Dimensions by name that replace those of the case.</summary>
    public IReadOnlyDictionary<string, int> Dims { get; init; } = new Dictionary<string, int>();

    /// <summary>Type of the tensors that the target does not fix; null for the case's own.</summary>
    public DType? DType { get; init; }

    /// <summary>How the matrices of a model's layers are stored; null for <see cref="Activations"/> or
    /// <see cref="DType"/>.</summary>
    public WeightFormat? Weights { get; init; }

    /// <summary>
    /// The narrow form in which the products of a model's layers read activations; null for <see cref="DType"/>.
    /// </summary>
    public ActivationFormat? Activations { get; init; }

    /// <summary>In which order operations stand: as written, or by a list schedule.</summary>
    public OperationOrder Order { get; init; }

    /// <summary>
    /// Tensors made one after the other take turns with the bytes of SBUF and PSUM; false for the lowest free bytes.
    /// </summary>
    public bool Rotate { get; init; } = true;

    /// <summary>Text that a generating model continues; null for its own.</summary>
    public string? Prompt { get; init; }

    /// <summary>Tokens that a generating model continues, in place of a text.</summary>
    public IReadOnlyList<int>? Tokens { get; init; }

    /// <summary>Tokens that a generating model gives at most; null for 64.</summary>
    public int? Steps { get; init; }

    /// <summary>
    /// 0 takes the likeliest token; else tokens are drawn from softmax(logits / temperature) by <see cref="Seed"/>.
    /// </summary>
    public double Temperature { get; init; }

    /// <summary>
    /// Called after each token of an answer with the tokens given and the most that there may be; equal at the end.
    /// </summary>
    public Action<int, int>? Progress { get; init; }

    /// <summary>Inputs by name, as .npy files; the others are random.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; init; } = new Dictionary<string, string>();

    /// <summary>Seed of random inputs and of drawn tokens.</summary>
    public long Seed { get; init; }

    /// <summary>What the user chose of the arithmetic.</summary>
    public Arithmetic Arithmetic { get; init; } = Arithmetic.Default;

    /// <summary>Host threads; never changes results.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Execute the operations.</summary>
    public bool Function { get; init; } = true;

    /// <summary>Predict the time.</summary>
    public bool Time { get; init; } = true;

    /// <summary>Compare with the fp64 reference where the target has one.</summary>
    public bool Reference { get; init; } = true;

    /// <summary>
    /// Operations that a program may have; with time, each counts as often as a loop runs it. Null for 20 million, of a
    /// model's file for 2 million: what a file asks for is not what its user asked for.
    /// </summary>
    public long? InstructionLimit { get; init; }

    /// <summary><see cref="InstructionLimit"/> of kernels and programs.</summary>
    public long MaxInstructions => InstructionLimit ?? 20_000_000;

    /// <summary><see cref="InstructionLimit"/> of the files of models.</summary>
    public long MaxModelInstructions => InstructionLimit ?? 2_000_000;

    /// <summary>Iterations that the loops of a core may have together.</summary>
    public long MaxIterations { get; init; } = ExecutionPath.DefaultMaxIterations;

    /// <summary>Host bytes that the tensors of a program may take.</summary>
    public long MaxMemory { get; init; } = 16L << 30;

    /// <summary>The chip of the run, with the numbers of <see cref="WhatIf"/>.</summary>
    /// <param name="preferred">What the target asks for when <see cref="Chip"/> is null.</param>
    /// <exception cref="Core.Diagnostics.TrnException">No such chip, or no such number of it.</exception>
    internal Chip LoadChip(string preferred) => Core.Chips.Chip.Load(Chip ?? preferred, WhatIf);
}
