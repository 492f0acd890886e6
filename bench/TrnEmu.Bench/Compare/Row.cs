namespace TrnEmu.Bench.Compare;

/// <summary>A line of the table.</summary>
/// <param name="Name">What is measured, as <c>compare NAME</c> selects it by a part.</param>
/// <param name="Bound">What is asked of it.</param>
/// <param name="Baseline">What it is compared with; empty where the bound is absolute.</param>
/// <param name="Measure">How: runs both sides in turns for as long as the effort says.</param>
internal sealed record Row(string Name, Bound Bound, string Baseline, Func<Effort, Measurement> Measure);
