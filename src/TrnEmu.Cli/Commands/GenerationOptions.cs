using System.CommandLine;
using System.Globalization;

namespace TrnEmu.Cli.Commands;

/// <summary>The options of generating models: what they continue, and how far.</summary>
internal sealed class GenerationOptions
{
    private readonly Option<string?> _prompt = new("--prompt")
    {
        Description = "Text that a model continues",
        HelpName = "TEXT",
    };


    private readonly Option<string?> _tokens = new("--tokens")
    {
        Description = "Tokens that a model continues, the first one included (default: 1 and the prompt)",
        HelpName = "1,2,3",
    };

    private readonly Option<int?> _steps = new("--steps")
    {
        Description = "Tokens that a model gives at most (default 64)",
        HelpName = "N",
    };

    private readonly Option<double> _temperature = new("--temperature")
    {
        Description = "0 takes the likeliest token; else tokens are drawn by --seed",
        HelpName = "T",
        DefaultValueFactory = _ => 0,
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_prompt, _tokens, _steps, _temperature]) command.Add(option);
    }

    /// <summary>The options as the facade takes them.</summary>
    public RunOptions Read(ParseResult parsed)
    {
        var (prompt, tokens, steps) = (parsed.GetValue(_prompt), parsed.GetValue(_tokens), parsed.GetValue(_steps));
        var temperature = parsed.GetValue(_temperature);
        if (prompt is not null && tokens is not null) throw Pairs.Usage("--prompt and --tokens: expected one of them");
        if (steps < 1) throw Pairs.Usage(FormattableString.Invariant($"--steps {steps}: expected at least 1"));
        if (!(temperature >= 0) || !double.IsFinite(temperature))
            throw Pairs.Usage(FormattableString.Invariant($"--temperature {temperature}: expected 0 or more"));
        return new RunOptions
        {
            Prompt = prompt,
            Tokens = tokens is null ? null : [.. tokens.Split(',').Select(Token)],
            Steps = steps,
            Temperature = temperature,
        };
    }

    private static int Token(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var token)
        ? token
        : throw Pairs.Usage($"--tokens {text}: expected whole numbers from 0, with commas between them");
}
