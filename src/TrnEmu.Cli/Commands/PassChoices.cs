using System.CommandLine;
using TrnEmu.Compiler.Passes;

namespace TrnEmu.Cli.Commands;

/// <summary>The options that say how the passes decide: shared by run and compile.</summary>
internal sealed class PassChoices
{
    private readonly Option<string?> _schedule = CommonOptions.Choice(
        "--schedule",
        "Order of operations: program (default), as written; list, reordered within the dependences where that is "
            + "predicted to be faster",
        "program", "list");

    private readonly Option<string?> _rotate = CommonOptions.Choice(
        "--rotate",
        "on (default): tensors take turns with the bytes of SBUF and PSUM, so that neighbouring iterations overlap; "
            + "off: each takes the lowest free bytes, as with one buffer",
        "on", "off");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_schedule);
        command.Add(_rotate);
    }

    /// <summary>The options with what was chosen.</summary>
    public RunOptions Read(ParseResult parsed, RunOptions options) => options with
    {
        Order = parsed.GetValue(_schedule) == "list" ? OperationOrder.List : OperationOrder.Program,
        Rotate = parsed.GetValue(_rotate) != "off",
    };
}
