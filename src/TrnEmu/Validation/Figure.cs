namespace TrnEmu.Validation;

/// <summary>A measured figure that is no row: a stage, an instruction, a packet.</summary>
/// <param name="Name">Which.</param>
/// <param name="Measured">As measured.</param>
/// <param name="Predicted">As predicted.</param>
/// <param name="Unit">Unit of both.</param>
/// <param name="Passed">True when it is near enough.</param>
public sealed record Figure(string Name, double Measured, double Predicted, string Unit, bool Passed = true)
{
    /// <summary>predicted / measured - 1.</summary>
    public double Error => Predicted / Measured - 1;
}
