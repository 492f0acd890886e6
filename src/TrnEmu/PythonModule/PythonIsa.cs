using System.Text;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Text;

namespace TrnEmu.PythonModule;

/// <summary>
/// The functions of the Python module <c>nki.isa</c>, one for each operation, from the headers of the operations:
/// <c>trnemu isa --python</c>. A call packs its arguments in header order and sends them to the core.
/// </summary>
public static class PythonIsa
{
    private const string Head = """"
        """The operations of the instruction set.

        GENERATED from the headers of the C# operations: `trnemu isa --python`. Do not edit.
        """

        from trnemu.nki.isa._enums import (
            chosen, dge_mode, dma_engine, engine, matmul_perf_mode, oob_mode, reduce_cmd, trigger)
        from trnemu.nki.isa._older import older
        from trnemu.records import (
            accumulation, flag, integer, integers, levels, operand, operands, optional_integer, optional_operand,
            optional_scalar, pair, real, reals, reduced_axes, scalar, words)
        from trnemu.session import issue


        """";

    /// <summary>
    /// Operations that are written by hand in Python: they return registers, or are the loops of the language.
    /// </summary>
    private static readonly HashSet<Type> ByHand =
    [
        typeof(RegisterAlloc), typeof(RegisterLoad), typeof(RegisterMove), typeof(RegisterStore), typeof(Loop),
        typeof(WhileLoop), typeof(EndLoop),
    ];

    /// <summary>The module's text.</summary>
    /// <param name="chips">Chips that the docstrings name.</param>
    public static string Write(IReadOnlyList<Chip> chips)
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        var all = OperationInfo.All.Select((info, code) => (Info: info, Code: code)).ToArray();
        var functions = all.Where(o => !ByHand.Contains(o.Info.Type)).ToArray();
        PythonWords.Write(text, functions.Select(f => f.Info));
        PythonLines.List(text, "__all__ = (", functions.Select(f => $"\"{f.Info.Name}\""), ")");
        text.Append("\n# Numbers of the operations that are written by hand.\nCODES = {\n");
        foreach (var (info, code) in all.Where(o => ByHand.Contains(o.Info.Type)))
            text.Append(FormattableString.Invariant($"    \"{info.Name}\": {CodeBytes(code)},\n"));
        text.Append("}\n");
        foreach (var (info, code) in functions) PythonFunction.Write(text, info, CodeBytes(code), chips);
        return text.ToString();
    }

    /// <summary>The operation's number as a record begins with it: two bytes, the lower first.</summary>
    private static string CodeBytes(int code) =>
        FormattableString.Invariant($"b\"\\x{code & 0xFF:x2}\\x{code >> 8:x2}\"");
}
