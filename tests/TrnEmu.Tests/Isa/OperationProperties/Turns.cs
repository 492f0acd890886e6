namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>
/// Choices that take turns: the number of a case, written with as many values a digit as there are choices, so that all
/// combinations come equally often. Without a number they are left to chance.
/// </summary>
internal sealed class Turns(Random random, int? number)
{
    private int? _rest = number;

    /// <summary>Combinations of the choices so far.</summary>
    public int Combinations { get; private set; } = 1;

    public T Of<T>(IReadOnlyList<T> choices)
    {
        Combinations *= choices.Count;
        if (_rest is not { } rest) return choices[random.Next(choices.Count)];
        _rest = rest / choices.Count;
        return choices[rest % choices.Count];
    }
}
