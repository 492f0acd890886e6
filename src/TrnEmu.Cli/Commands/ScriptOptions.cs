using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using System.Text.Json;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Cli.Commands;

/// <summary>The options of run as a Python script's emulator takes them: one JSON object with those that were given.</summary>
internal static class ScriptOptions
{
    private static readonly HashSet<string> Words =
        ["--chip", "--schedule", "--only", "--json", "--trace", "--report", "--output-dir", "--fp8-overflow", "--mx-scale"];

    private static readonly HashSet<string> Numbers =
        ["--seed", "--threads", "--max-instructions", "--max-iterations", "--max-memory"];

    private static readonly HashSet<string> Flags = ["--lenient"];

    /// <summary>
    /// The object: names without dashes in front and with '_' within, texts, numbers and truth; <c>what_if</c> is an object
    /// of numbers, <c>rounding_seed</c> the number of --stochastic-rounding.
    /// </summary>
    /// <exception cref="TrnException">An option that is for other targets.</exception>
    public static string Json(ParseResult parsed, RunOptions options)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var given in parsed.CommandResult.Children.OfType<OptionResult>().Where(o => !o.Implicit)) Write(json, given, options);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter json, OptionResult given, RunOptions options)
    {
        var name = given.Option.Name;
        var key = name.TrimStart('-').Replace('-', '_');
        if (Words.Contains(name)) json.WriteString(key, given.Tokens[^1].Value);
        else if (Numbers.Contains(name)) json.WriteNumber(key, long.Parse(given.Tokens[^1].Value, CultureInfo.InvariantCulture));
        else if (Flags.Contains(name)) json.WriteBoolean(key, given.GetValueOrDefault<bool>());
        else if (name == "--rotate") json.WriteBoolean(key, options.Rotate);
        else if (name == "--stochastic-rounding") json.WriteNumber("rounding_seed", options.Arithmetic.RoundingSeed!.Value);
        else if (name == "--what-if") WriteWhatIf(json, options);
        else throw Pairs.Usage($"{name}: is for kernels and models; a script takes its own arguments after --");
    }

    private static void WriteWhatIf(Utf8JsonWriter json, RunOptions options)
    {
        json.WriteStartObject("what_if");
        foreach (var (key, value) in options.WhatIf) json.WriteNumber(key, value);
        json.WriteEndObject();
    }
}
