namespace TrnEmu.Core.Isa.Expansion;

/// <summary>What is known of a class of instructions without a chip.</summary>
public static class CostClasses
{
    /// <summary>
    /// True for what every engine can do: registers, branches, triggers; false for an engine's own work.
    /// </summary>
    public static bool IsOfAnyEngine(this CostClass cost) => cost >= CostClass.Register;

    /// <summary>
    /// True when result i comes of items up to i, so that results come out in the order in which items go in.
    /// </summary>
    public static bool IsElementwise(this CostClass cost) => cost is CostClass.Elementwise or CostClass.ElementwiseTwo
        or CostClass.CopyPredicated or CostClass.Activate or CostClass.ActivateTable or CostClass.Select
        or CostClass.Scan or CostClass.Affine or CostClass.Reciprocal or CostClass.Random or CostClass.Exponential;
}
