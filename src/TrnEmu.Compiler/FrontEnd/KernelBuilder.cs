using System.Runtime.CompilerServices;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.FrontEnd;

/// <summary>
/// Records a kernel: tensors and operations in program order, each with the line of the kernel that made it. Loops are
/// ordinary C# loops and unroll. A tensor made once is one buffer; a tensor made in each iteration gets an address in
/// each, so that neighbouring iterations need not wait for each other.
/// </summary>
public sealed class KernelBuilder
{
    private readonly ProgramRecording _recording = new();
    private readonly TensorNames _names = new();
    private readonly AccumulationResolver _accumulation;
    private int _registers;
    private long _count;
    private int _inputs;

    /// <summary>Nothing recorded yet.</summary>
    /// <param name="chip">The chip that the kernel is made for; kernels may ask its limits.</param>
    public KernelBuilder(Chip chip)
    {
        Chip = chip;
        _accumulation = new AccumulationResolver(_recording.Tensors, chip.Generation);
    }

    /// <summary>The chip that the kernel is made for.</summary>
    public Chip Chip { get; }

    /// <summary>Operations that may be recorded, so that a loop without end is found.</summary>
    public long MaxOperations { get; init; } = 20_000_000;

    /// <summary>
    /// An HBM tensor that the caller fills; by default with seeded random values, another seed for each input.
    /// </summary>
    public TensorView Input(
        string name, DType dtype, ReadOnlySpan<int> shape, TensorContent? content = null,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Add(name, MemorySpace.Hbm, dtype, shape, file, line, t => t with
        {
            Role = TensorRole.Input,
            Content = content ?? new TensorContent(ContentKind.Random, _inputs++),
        });

    /// <summary>An HBM tensor that the caller reads after the run.</summary>
    public TensorView Output(
        string name, DType dtype, ReadOnlySpan<int> shape, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Add(name, MemorySpace.Hbm, dtype, shape, file, line, t => t with { Role = TensorRole.Output });

    /// <summary>An HBM tensor that the caller fills and reads back.</summary>
    public TensorView InOut(
        string name, DType dtype, ReadOnlySpan<int> shape, TensorContent content,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Add(name, MemorySpace.Hbm, dtype, shape, file, line, t => t with { Role = TensorRole.InOut, Content = content });

    /// <summary>An HBM tensor of fixed values.</summary>
    public TensorView Constant(
        string name, DType dtype, ReadOnlySpan<int> shape, TensorContent content,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Add(name, MemorySpace.Hbm, dtype, shape, file, line, t => t with { Role = TensorRole.Constant, Content = content });

    /// <summary>An HBM tensor for intermediate results.</summary>
    public TensorView Hbm(
        string name, DType dtype, ReadOnlySpan<int> shape, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Add(name, MemorySpace.Hbm, dtype, shape, file, line, static t => t);

    /// <summary>
    /// An SBUF tensor; dimension 0 counts partitions. The compiler places it unless an address is given.
    /// </summary>
    public TensorView Sbuf(
        string name, DType dtype, ReadOnlySpan<int> shape, Address? address = null,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Add(name, MemorySpace.Sbuf, dtype, shape, file, line, t => t with { Address = address, IsPinned = address is not null });

    /// <summary>
    /// A PSUM tensor; dimension 0 counts partitions. The compiler places it unless an address is given.
    /// </summary>
    public TensorView Psum(
        string name, DType dtype, ReadOnlySpan<int> shape, Address? address = null,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Add(name, MemorySpace.Psum, dtype, shape, file, line, t => t with { Address = address, IsPinned = address is not null });

    /// <summary>The node of a model that is recorded, from 1; 0 for none.</summary>
    internal int Node { get; set; }

    /// <summary>The core whose tensors and operations are recorded.</summary>
    public int Core { get; private set; }

    /// <summary>
    /// Records a part of the kernel once for each core of a logical core; <paramref name="body"/> is given the core's
    /// number. SBUF and PSUM tensors made there are that core's own, HBM tensors made anywhere are shared.
    /// </summary>
    public void EachCore(int cores, Action<int> body)
    {
        _recording.EnsureCores(cores);
        for (Core = 0; Core < cores; Core++) body(Core);
        Core = 0;
    }

    /// <summary>A register that no other call has given.</summary>
    public Register NewRegister() => new(_registers++);

    /// <summary>
    /// A loop on the device (<c>nl.fori_loop</c>): the body is recorded once and executed for each i from
    /// <paramref name="start"/> up to below <paramref name="stop"/>. What is recorded there runs in each iteration;
    /// tensors made there hold nothing from one iteration to the next.
    /// </summary>
    /// <param name="start">The first i: an integer or a register.</param>
    /// <param name="stop">Where i ends: an integer or a register.</param>
    /// <param name="step">From one i to the next, at least 1.</param>
    /// <param name="body">Records an iteration; i is a register, for <see cref="TensorView.At(Register, int, int, string, int)"/>.</param>
    /// <param name="file">The caller's file.</param>
    /// <param name="line">The caller's line.</param>
    public void Loop(
        IntegerOperand start, IntegerOperand stop, int step, Action<Register> body,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var i = NewRegister();
        Issue(new Loop(i, start, stop, step), Engine.None, file, line);
        body(i);
        Issue(new EndLoop(), Engine.None, file, line);
    }

    /// <summary>
    /// A loop on the device (<c>nl.while_loop</c>): the body is recorded once and executed as long as the register is
    /// not 0, which is tested before each iteration. It must write the register.
    /// </summary>
    /// <param name="condition">The register.</param>
    /// <param name="body">Records an iteration.</param>
    /// <param name="file">The caller's file.</param>
    /// <param name="line">The caller's line.</param>
    public void While(
        Register condition, Action body, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Issue(new WhileLoop(condition), Engine.None, file, line);
        body();
        Issue(new EndLoop(), Engine.None, file, line);
    }

    /// <summary>
    /// Records an operation, on that engine if one is named, else on one that the compiler chooses. Automatic
    /// accumulation is resolved here, in program order.
    /// </summary>
    public void Issue(
        Operation operation, Engine engine = Engine.None,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var span = SourceSpan.FromCaller(file, line) with { Node = Node };
        if (_count >= MaxOperations)
        {
            var message = FormattableString.Invariant($"operation {_count + 1} is recorded, limit {MaxOperations} (--max-instructions)");
            throw new TrnException(FailureKind.BadInput, Diagnostic.Error(FrontEndCodes.TooLong, message, span));
        }

        _count++;
        _recording.Add(Core, new Entry(_accumulation.Resolve(operation with { Span = span }), engine));
    }

    /// <summary>What was recorded: a program without placement, for the passes or the virtual binding.</summary>
    /// <exception cref="TrnException">Sums were added to PSUM elements that hold none.</exception>
    public Program Build()
    {
        TrnException.ThrowIfErrors(FailureKind.BadInput, _accumulation.Findings);
        return _recording.ToProgram(Chip.Name);
    }

    private TensorView Add(
        string name, MemorySpace space, DType dtype, ReadOnlySpan<int> shape, string file, int line, Func<Tensor, Tensor> with)
    {
        var span = SourceSpan.FromCaller(file, line) with { Node = Node };
        TensorDeclaration.Check(name, space, shape, span);
        var tensor = new Tensor(_recording.TensorCount, _names.Unique(name), space, dtype, EquatableArray.Create(shape))
        {
            Span = span,
            Core = space == MemorySpace.Hbm ? 0 : Core,
        };
        tensor = with(tensor);
        _recording.Add(tensor);
        return new TensorView(tensor);
    }
}
