using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;

namespace TrnEmu.Compiler.Passes;

/// <summary>
/// From a trace to a program that the machine runs: verifies what was written, then runs the passes in order, and
/// verifies again once every operand has an engine and an address.
/// </summary>
public static class Pipeline
{
    /// <summary>Name of the stage before the trace: the graph of a model.</summary>
    public const string Graph = "graph";

    /// <summary>Name of the stage before the first pass: what the front end recorded.</summary>
    public const string Trace = "trace";

    /// <summary>The pass after which every operand has an engine and an address.</summary>
    private const string Placed = "plan-dma";

    /// <summary>The passes, in order.</summary>
    public static IReadOnlyList<Pass> Passes { get; } =
    [
        new("choose-engines", static (program, chip, _) => ChooseEngines.Run(program, chip)),
        new("schedule", static (program, chip, options) => Schedule.Run(program, chip, options)),
        new("allocate", static (program, chip, options) => Allocate.Run(program, chip, options)),
        new(Placed, static (program, chip, _) => PlanDma.Run(program, chip)),
        new("insert-semaphores", static (program, _, _) => InsertSemaphores.Run(program)),
    ];

    /// <summary>Compiles a trace for a chip.</summary>
    /// <exception cref="TrnException">
    /// Everything that verification finds (TRN2xxx), or what does not fit into memory (TRN4001).
    /// </exception>
    public static Program Compile(Program trace, Chip chip, CompileOptions? options = null)
    {
        options ??= new CompileOptions();
        Verify(trace, chip);
        var program = trace with { Chip = chip.Name };
        options.AfterPass?.Invoke(Trace, program);
        foreach (var pass in Passes)
        {
            program = pass.Run(program, chip, options);
            if (pass.Name == Placed) Verify(program, chip);
            options.AfterPass?.Invoke(pass.Name, program);
        }

        return program;
    }

    /// <summary>
    /// Checks every address, that HBM has room, every operation of every core, that loops have their ends, that cores
    /// share HBM only, and that sums in PSUM have a first product, in this order.
    /// </summary>
    /// <exception cref="TrnException">All findings of the first kind that has any.</exception>
    public static void Verify(Program program, Chip chip)
    {
        Addresses.Check(program.Tensors, chip);
        HbmCapacity.Check(program, chip);
        var verifier = new Verifier(program, chip);
        for (var core = 0; core < program.Cores.Count; core++)
        {
            foreach (ref readonly var entry in program.Cores[core].Entries.Span) verifier.Verify(entry, core);
        }

        TrnException.ThrowIfErrors(FailureKind.BadInput, verifier.Findings);
        TrnException.ThrowIfErrors(FailureKind.BadInput, LoopNesting.Findings(program));
        TrnException.ThrowIfErrors(FailureKind.BadInput, Meetings.Findings(program));
        TrnException.ThrowIfErrors(FailureKind.BadInput, CoreMemory.Findings(program));
        TrnException.ThrowIfErrors(FailureKind.BadInput, SumGroups.Findings(program, chip));
    }
}
