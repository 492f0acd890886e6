using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Kernels;
using TrnEmu.Compiler.Lowering;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Kernels.Copy;
using TrnEmu.Sim.Observers;
using TrnEmu.Tests.Isa.Oracles;
using TrnEmu.Tests.Kernels;

namespace TrnEmu.Tests.Support;

/// <summary>
/// A graph under test: inputs with their values, nodes, then <see cref="Run"/> on a chip, compiled and executed with all
/// checks, beside the interpreter's values.
/// </summary>
internal sealed class GraphRun
{
    private static readonly GraphLowering Lowering = new(LoweringRegistry.All(typeof(Copy).Assembly));
    private readonly GraphBuilder _graph = new();
    private readonly Dictionary<string, double[]> _inputs = [];
    private int _nodes;

    /// <summary>Adds an input x0, x1, …; the values, row-major, are rounded to the dtype.</summary>
    public string Input(DType dtype, ReadOnlySpan<int> shape, double[] values)
    {
        var name = _graph.Declare($"x{_inputs.Count}", new TensorType(dtype, [.. shape]), GraphRole.Input);
        _inputs.Add(name, GraphBytes.Decode(dtype, GraphBytes.Encode(dtype, values)));
        return name;
    }

    /// <summary>Adds a node y0, y1, … with attributes as the text form has them: <c>axis=1</c>.</summary>
    public string Node(string op, string[] operands, params string[] attributes) => _graph.Add(
        $"y{_nodes++}", op, operands, [.. attributes.Select(a => a.Split('=')).Select(a => new GraphAttribute(a[0], a[1]))]);

    /// <summary>Compiles and executes the graph with that node's result as its output.</summary>
    public GraphResult Run(string output, Chip chip, Arithmetic? arithmetic = null)
    {
        _graph.Output(output);
        var graph = _graph.Build();
        var program = Pipeline.Compile(
            Lowering.Trace(graph, chip, static name => throw new InvalidOperationException(name)), chip);
        using var binding = Binding.Physical(program);
        foreach (var tensor in program.Tensors.Where(t => t.Role == TensorRole.Input))
            GraphBytes.Encode(tensor.DType, _inputs[tensor.Name]).CopyTo(TestValues.Bytes(binding, tensor));
        FunctionPass.Run(
            program, binding, chip, new ObserverList(new RaceObserver(program), new WrittenObserver(program)),
            arithmetic: arithmetic);
        var result = program.Tensors.First(t => t.Name == output);
        return new GraphResult(
            graph[output].Type, GraphBytes.Decode(result.DType, TestValues.Bytes(binding, result)), Interpret(graph, output), program);
    }

    private double[] Interpret(ModelGraph graph, string output)
    {
        var interpreter = new Interpreter(new Model(graph, new Dictionary<string, byte[]>()));
        foreach (var (name, values) in _inputs) values.CopyTo(interpreter[name], 0);
        interpreter.Run();
        return interpreter[output];
    }
}

/// <summary>What a graph gave.</summary>
/// <param name="Type">Type of the output.</param>
/// <param name="Values">The chip's values.</param>
/// <param name="Reference">The interpreter's.</param>
/// <param name="Program">The compiled program.</param>
internal sealed record GraphResult(TensorType Type, double[] Values, double[] Reference, Program Program)
{
    /// <summary>Equal values; NaN equals NaN, -0 equals 0.</summary>
    public void IsExact()
    {
        Assert.Equal(Reference.Length, Values.Length);
        for (var i = 0; i < Values.Length; i++)
        {
            if (Values[i] != Reference[i] && !(double.IsNaN(Values[i]) && double.IsNaN(Reference[i])))
                Assert.Fail($"element {i} of {Type} is {Values[i]:R}, expected {Reference[i]:R}");
        }
    }

    /// <summary>Every element is within the tolerance of the dtype times the largest magnitude, as for kernels.</summary>
    public void IsNear(int roundings = 1)
    {
        var (error, limit) = (Tolerance.Error(Values, Reference), Tolerance.Of(Type.DType, roundings));
        Assert.True(error <= limit, $"error {error:R} of {Type} is over {limit:R}");
    }

    /// <summary>
    /// Every element is within <paramref name="relative"/> of its own magnitude, or of <paramref name="floor"/> where
    /// that is more. Where the reference has NaN or an infinity, so have the values; where it is beyond the largest number
    /// of the type, they have an infinity.
    /// </summary>
    /// <param name="relative">Of the magnitude.</param>
    /// <param name="floor">The least magnitude.</param>
    /// <param name="before">
    /// Error of the value before it is rounded, relative to the largest of all: it may lie on the other side of a tie.
    /// </param>
    public void IsNearEach(double relative, double floor = 0, double before = 0)
    {
        var most = before == 0 ? 0 : before * Reference.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max();
        for (var i = 0; i < Values.Length; i++)
        {
            var (value, expected) = (Values[i], Reference[i]);
            if (value == expected || value.Equals(expected) || Overflows(value, expected)) continue;
            var limit = relative * Math.Max(Math.Abs(expected), floor) + most;
            if (!(double.IsFinite(expected) && Math.Abs(value - expected) <= limit))
                Assert.Fail($"element {i} of {Type} is {value:R}, expected {expected:R} within {limit:R}");
        }
    }

    private bool Overflows(double value, double expected) => double.IsInfinity(value)
        && Numbers.Decode(Type.DType, Numbers.Encode(Type.DType, expected)) == value;
}
