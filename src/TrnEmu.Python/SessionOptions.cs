using System.Text.Json;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Numerics;
using TrnEmu.Eager;

namespace TrnEmu.Python;

/// <summary>The options of a session from JSON; all may be absent.</summary>
internal static class SessionOptions
{
    /// <summary>The options.</summary>
    /// <exception cref="TrnException">TRN4312: an unknown one, or a value of the wrong kind.</exception>
    public static EagerOptions Parse(ReadOnlySpan<byte> json)
    {
        using var document = Document(json);
        var options = new EagerOptions { Uninitialised = Uninitialised.NaN };
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Null) options = With(options, property.Name, property.Value);
        }

        return options;
    }

    /// <summary>An object.</summary>
    /// <exception cref="TrnException">TRN4312: it is no JSON object.</exception>
    public static JsonDocument Document(ReadOnlySpan<byte> json)
    {
        try
        {
            var document = JsonDocument.Parse(json.ToArray());
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw Bad("options are no JSON object");
        }
        catch (JsonException e)
        {
            throw Bad($"options are no JSON: {e.Message}");
        }
    }

    /// <summary>A finding about options.</summary>
    public static TrnException Bad(string message) =>
        new(FailureKind.BadInput, Diagnostic.Error(RecordCodes.Option, message, SourceSpan.None));

    private static EagerOptions With(EagerOptions options, string name, JsonElement value) => name switch
    {
        "chip" => Run(options, r => r with { Chip = Text(name, value) }),
        "target" => options with { Target = Text(name, value) },
        "cores" => options with { Cores = (int)Whole(name, value, 1, 2) },
        "keep" => options with { Keep = Flag(name, value) },
        "uninitialised" => options with { Uninitialised = OneOf<Uninitialised>(name, value) },
        "threads" => Run(options, r => r with { Threads = Whole(name, value, 0, 4096) is > 0 and var n ? (int)n : Environment.ProcessorCount }),
        "max_instructions" => Run(options, r => r with { InstructionLimit = Whole(name, value, 1) }),
        "max_iterations" => Run(options, r => r with { MaxIterations = Whole(name, value, 1) }),
        "max_memory" => Run(options, r => r with { MaxMemory = Whole(name, value, 1) }),
        "schedule" => Run(options, r => r with { Order = OneOf<OperationOrder>(name, value) }),
        "rotate" => Run(options, r => r with { Rotate = Flag(name, value) }),
        "what_if" => Run(options, r => r with { WhatIf = Numbers(name, value) }),
        "rounding_seed" => Arithmetic(options, a => a with { RoundingSeed = Whole(name, value, long.MinValue) }),
        "fp8_overflow" => Arithmetic(options, a => a with { Fp8Overflow = OneOf<Fp8Overflow>(name, value) }),
        "mx_scale" => Arithmetic(options, a => a with { MxScale = OneOf<MxScaleRule>(name, value) }),
        "lenient" => Arithmetic(options, a => a with { IsStrict = !Flag(name, value) }),
        _ => throw Bad($"there is no option {name}"),
    };

    private static EagerOptions Run(EagerOptions options, Func<RunOptions, RunOptions> with) => options with { Run = with(options.Run) };

    private static EagerOptions Arithmetic(EagerOptions options, Func<Arithmetic, Arithmetic> with) =>
        Run(options, r => r with { Arithmetic = with(r.Arithmetic) });

    private static string Text(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Bad($"{name} is {value.GetRawText()}, expected a text");

    private static bool Flag(string name, JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean() : throw Bad($"{name} is {value.GetRawText()}, expected true or false");

    private static long Whole(string name, JsonElement value, long least, long most = long.MaxValue) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least && number <= most
            ? number
            : throw Bad(FormattableString.Invariant($"{name} is {value.GetRawText()}, expected an integer from {least} on")
                + (most < long.MaxValue ? FormattableString.Invariant($", at most {most}") : ""));

    private static T OneOf<T>(string name, JsonElement value)
        where T : struct, Enum
    {
        var text = Text(name, value);
        foreach (var member in Enum.GetValues<T>())
        {
            if (member.ToString().Equals(text, StringComparison.OrdinalIgnoreCase)) return member;
        }

        throw Bad($"{name} is {text}, expected {string.Join(" or ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()))}");
    }

    private static List<KeyValuePair<string, double>> Numbers(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) throw Bad($"{name} is {value.GetRawText()}, expected an object of numbers");
        var numbers = new List<KeyValuePair<string, double>>();
        foreach (var property in value.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Number) throw Bad($"{name} {property.Name} is {property.Value.GetRawText()}, expected a number");
            numbers.Add(new(property.Name, property.Value.GetDouble()));
        }

        return numbers;
    }
}
