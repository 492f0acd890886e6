namespace TrnEmu.Bench.Compare;

/// <summary>What came of a row.</summary>
internal abstract record Measurement
{
    /// <summary>A value with the quartiles of its samples, and the times behind it.</summary>
    public static Measurement Of(Spread spread, string detail) => new Measured(spread, detail);

    /// <summary>Why there is none.</summary>
    public static Measurement Missing(string why) => new NotMeasured(why);
}

/// <summary>A value.</summary>
internal sealed record Measured(Spread Spread, string Detail) : Measurement
{
    /// <summary>The same with more to say.</summary>
    public Measured With(string more) => this with { Detail = $"{Detail}; {more}" };
}

/// <summary>A row without value: something is not installed, or not on this processor.</summary>
internal sealed record NotMeasured(string Why) : Measurement;

/// <summary>An error took the place of a value.</summary>
internal sealed record Failed(string Message) : Measurement;
