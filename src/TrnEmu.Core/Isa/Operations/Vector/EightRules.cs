using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>What the operations on eight values at a time have in common.</summary>
internal static class EightRules
{
    /// <summary>Values in each partition.</summary>
    public const int Values = 8;

    private const int Longest = 16384;
    private const int FreeLevels = 2;

    /// <summary>The row that is searched: 8 to 16384 elements, at most three-dimensional.</summary>
    public static void Row(Verifier v, string name, in AccessPattern p)
    {
        ElementRules.Stream(v, Engine.Vector, name, p);
        ElementRules.Levels(v, name, p, FreeLevels);
        if (p.Free is < Values or > Longest)
            v.Error(VerifyCodes.FreeSize, $"{name} free size is {p.Free}, must be {Values} to {Longest} elements");
    }

    /// <summary>The eight values for each partition of the row, at most three-dimensional.</summary>
    public static void Wanted(Verifier v, in AccessPattern vals, in AccessPattern row)
    {
        ElementRules.Stream(v, Engine.Vector, "vals", vals);
        ElementRules.Levels(v, "vals", vals, FreeLevels);
        ElementRules.Results(v, "vals", vals, row, Values);
    }

    /// <summary>Eight results for each partition of the row, two-dimensional.</summary>
    public static void Found(Verifier v, string name, in AccessPattern dst, in AccessPattern row)
    {
        ElementRules.Stream(v, Engine.Vector, name, dst);
        ElementRules.Levels(v, name, dst, 1);
        ElementRules.Results(v, name, dst, row, Values);
    }
}
