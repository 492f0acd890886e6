namespace TrnEmu.Core.Isa.Operations.GpSimd;

/// <summary>One <c>[step, num]</c> level of an affine index.</summary>
/// <param name="Step">Difference from one element of the level to the next.</param>
/// <param name="Num">Elements of the level.</param>
public readonly record struct AffineLevel(int Step, int Num);
