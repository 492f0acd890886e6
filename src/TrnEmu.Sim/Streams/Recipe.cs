namespace TrnEmu.Sim.Streams;

/// <summary>What an operation becomes on an engine: see <see cref="RecipeTable"/>.</summary>
internal struct Recipe
{
    /// <summary>First of its instructions among those of all recipes, and their number.</summary>
    public int First, Length;

    /// <summary>Which of its instructions starts a transfer; -1 for none.</summary>
    public int Trigger;

    /// <summary>Operations that become this.</summary>
    public int Count;

    /// <summary>Activation table sets that the engine has loaded before and after it; 0 for none.</summary>
    public byte TableBefore, TableAfter;
}
