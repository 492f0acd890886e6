using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Sim.Models;

namespace TrnEmu;

/// <summary>What a run's options say to the passes.</summary>
internal static class PassOptions
{
    /// <summary>Adds them to what the caller asks of compilation.</summary>
    public static CompileOptions Of(RunOptions options, CompileOptions? compile, Chip chip) =>
        (compile ?? new CompileOptions()) with
        {
            Order = options.Order,
            Costs = new ChipCosts(chip),
            Rotate = options.Rotate,
        };

    /// <summary>A program that has its order and addresses takes none of them.</summary>
    /// <exception cref="TrnException">One was given.</exception>
    public static void CheckCompiled(RunOptions options)
    {
        if (options.Order != OperationOrder.Program) throw Fixed("--schedule list", "its operations have their order");
        if (!options.Rotate) throw Fixed("--rotate off", "its tensors have their addresses");
    }

    private static TrnException Fixed(string option, string reason) => new(FailureKind.BadInput, Diagnostic.Error(
        Emulator.Target, $"{option}: the program is compiled already, {reason}", SourceSpan.None));
}
