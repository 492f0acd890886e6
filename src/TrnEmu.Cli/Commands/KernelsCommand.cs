using System.CommandLine;
using System.Text.Json;
using TrnEmu.Compiler.Kernels;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Cli.Commands;

/// <summary><c>trnemu kernels</c>: what can be run by name.</summary>
internal static class KernelsCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string?>("NAME") { Description = "A kernel; without one, all are listed.", Arity = ArgumentArity.ZeroOrOne };
        var json = CommonOptions.Json();
        var command = new Command("kernels", "List the kernels, or the dimensions and cases of one") { name, json };
        command.SetAction(parsed =>
        {
            var kernels = parsed.GetValue(name) is { } wanted ? [Emulator.Kernels.Find(wanted)] : Emulator.Kernels;
            if (parsed.GetValue(json)) JsonText.Write(terminal.Output, writer => Write(writer, kernels));
            else if (parsed.GetValue(name) is null) List(terminal.Output, kernels);
            else Page(terminal.Output, kernels[0]);
            return ExitCode.Success;
        });
        return command;
    }

    private static void List(TextWriter output, IReadOnlyList<Kernel> kernels)
    {
        var width = kernels.Max(k => k.Name.Length);
        foreach (var kernel in kernels) output.WriteLine($"{kernel.Name.PadRight(width)}  {kernel.Summary}");
    }

    private static void Page(TextWriter output, Kernel kernel)
    {
        output.WriteLine($"{kernel.Name}: {kernel.Summary}");
        output.WriteLine("\nDimensions (--dim NAME=N)");
        foreach (var d in kernel.Body.Dimensions) output.WriteLine($"  {d.Name,-8} {d.Default,8}  {d.Summary}");
        output.WriteLine("\nCases (--case NAME)");
        foreach (var c in kernel.Body.Cases) output.WriteLine($"  {c.Name,-16} {c.DType.Name(),-5} {Sizes(c)}".TrimEnd());
    }

    private static string Sizes(KernelCase c) => string.Join(' ', c.Sizes.Select(s => $"{s.Dimension}={s.Size}"));

    private static void Write(Utf8JsonWriter json, IReadOnlyList<Kernel> kernels)
    {
        json.WriteStartArray();
        foreach (var kernel in kernels)
        {
            json.WriteStartObject();
            json.WriteString("name", kernel.Name);
            json.WriteString("summary", kernel.Summary);
            json.WriteStartObject("dimensions");
            foreach (var d in kernel.Body.Dimensions) json.WriteNumber(d.Name, d.Default);
            json.WriteEndObject();
            json.WriteStartArray("cases");
            foreach (var c in kernel.Body.Cases) Write(json, c);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, KernelCase c)
    {
        json.WriteStartObject();
        json.WriteString("name", c.Name);
        json.WriteString("dtype", c.DType.Name());
        json.WriteStartObject("dimensions");
        foreach (var (dimension, size) in c.Sizes) json.WriteNumber(dimension, size);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
