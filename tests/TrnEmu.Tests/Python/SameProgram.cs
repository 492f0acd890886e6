using System.Globalization;
using System.Text.RegularExpressions;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Core.Text;

namespace TrnEmu.Tests.Python;

/// <summary>
/// A program without what may differ between two authors: names, source lines, values of inputs, whether an output is
/// declared before an input, and with that addresses in HBM. A tensor is called after its place; constants are fp32, as
/// the engines take them, whether their author wrote 1e-5f or 1e-5; a view of HBM [1, a, b] is one of [a, b], and the
/// stride of one element is 1.
/// </summary>
internal static partial class SameProgram
{
    /// <summary>The operations of each core with their operands, engines, queues, waits and signals.</summary>
    public static string Of(Program program)
    {
        Tensor[] tensors = [.. program.Tensors.Select(t => t with { Name = Called(program, t) })];
        var text = ProgramText.Print(program with { Tensors = EquatableArray.Create<Tensor>(tensors) });
        text = Comment().Replace(text[text.IndexOf("\ncore ", StringComparison.Ordinal)..], "");
        text = OneRow().Replace(Real().Replace(text, m => Rounded(m.ValueSpan)), "$1");
        return OneElement().Replace(text, "[1,1]");
    }

    /// <summary>The same of a program that was printed.</summary>
    public static string Of(string text)
    {
        var parsed = ProgramText.Parse(text, "python");
        Assert.True(parsed.Program is not null, string.Join('\n', parsed.Diagnostics));
        return Of(parsed.Program);
    }

    /// <summary>The first line that differs, with the one of the other.</summary>
    public static string Difference(string expected, string actual)
    {
        var (a, b) = (expected.Split('\n'), actual.Split('\n'));
        var i = a.Zip(b).TakeWhile(p => p.First == p.Second).Count();
        return i == a.Length && i == b.Length
            ? "" : $"line {i} of {a.Length} and {b.Length}:\n  C#     {At(a, i)}\n  Python {At(b, i)}";
    }

    private static string At(string[] lines, int i) => i < lines.Length ? lines[i].Trim() : "(none)";

    private static string Called(Program program, Tensor tensor)
    {
        var place = tensor.Space == MemorySpace.Hbm
            ? $"{tensor.Role}{program.Tensors.Count(t => t.Id < tensor.Id && IsLike(t, tensor))}"
            : $"{tensor.Core}_{tensor.Address?.Partition}_{tensor.Address?.Byte}";
        return $"{tensor.Space}_{place}_{tensor.DType.Name()}_{string.Join('x', tensor.Shape)}";
    }

    private static string Rounded(ReadOnlySpan<char> number) =>
        float.Parse(number, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);

    private static bool IsLike(Tensor a, Tensor b) => a.Space == b.Space && a.Role == b.Role;

    [GeneratedRegex(@"(?<==)-?[0-9]+(\.[0-9]+)?(E[+-]?[0-9]+)?(?=\s)")]
    private static partial Regex Real();

    [GeneratedRegex(@"(Hbm_\w+(?:\+[0-9]+)?)\[-?[0-9]+,1\](?=\[-?[0-9]+,[0-9]+\]\[)")]
    private static partial Regex OneRow();

    [GeneratedRegex(@"(?<=[\w\]])\[-?[0-9]+,1\]")]
    private static partial Regex OneElement();

    [GeneratedRegex(@"[ ]*#[^\n]*")]
    private static partial Regex Comment();
}
