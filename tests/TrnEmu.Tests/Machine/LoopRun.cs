using System.Runtime.InteropServices;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Sim.Observers;
using TrnEmu.Tests.Kernels;

namespace TrnEmu.Tests.Machine;

/// <summary>A random kernel compiled for a chip, its inputs, and what the oracle says.</summary>
internal sealed class LoopRun
{
    private readonly int[] _table;
    private readonly int[] _limits;

    private LoopRun(Chip chip, Program program, int[] table, int[] limits, int[] expected)
    {
        (Chip, Program, _table, _limits, Expected) = (chip, program, table, limits, expected);
    }

    public Chip Chip { get; }

    public Program Program { get; }

    /// <summary>Table, limits and total at the end.</summary>
    public int[] Expected { get; }

    /// <summary>What the table holds at the start.</summary>
    public int[] Table => _table;

    /// <summary>What the limits hold at the start.</summary>
    public int[] Limits => _limits;

    /// <summary>The path of the last execution.</summary>
    public ExecutionPath? Path { get; private set; }

    /// <summary>Null when the loops run longer than a test waits.</summary>
    public static LoopRun? Make(Chip chip, LoopNode[] body, int seed, CompileOptions? options = null)
    {
        var random = new Random(seed);
        int[] table = [.. Enumerable.Range(0, LoopNode.Rows * LoopNode.Columns).Select(_ => random.Next(-99, 100))];
        int[] limits = [.. Enumerable.Range(0, LoopNode.Rows).Select(_ => random.Next(0, 6))];
        var oracle = new LoopOracle { Table = [.. table], Limits = [.. limits] };
        oracle.Run(body);
        if (oracle.IsTooLong) return null;
        var program = Pipeline.Compile(LoopKernel.Trace(chip, body), chip, options);
        return new LoopRun(chip, program, table, limits, [.. oracle.Table, .. oracle.Limits, .. oracle.Sum]);
    }

    /// <summary>Executes a form of the program; table, limits and total at the end.</summary>
    public int[] Execute(Program program, Binding binding, bool isWatched = true)
    {
        using (binding)
        {
            Ints(program, binding, "table", _table);
            Ints(program, binding, "limits", _limits);
            var observer = isWatched ? new ObserverList(new WrittenObserver(program), new RaceObserver(program), new MemoryObserver(program)) : null;
            Path = FunctionPass.Run(program, binding, Chip, observer);
            return [.. Ints(program, binding, "table"), .. Ints(program, binding, "limits"), .. Ints(program, binding, "total")];
        }
    }

    private static int[] Ints(Program program, Binding binding, string name, int[]? values = null)
    {
        var bytes = TestValues.Bytes(binding, program.Tensors.First(t => t.Name == name));
        values?.CopyTo(MemoryMarshal.Cast<byte, int>(bytes));
        return MemoryMarshal.Cast<byte, int>(bytes).ToArray();
    }
}
