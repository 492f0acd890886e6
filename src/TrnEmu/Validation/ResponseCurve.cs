namespace TrnEmu.Validation;

/// <summary>A function known at points, with straight lines between; beyond them the last value stays.</summary>
/// <param name="points">At least one, by ascending x.</param>
internal sealed class ResponseCurve(IReadOnlyList<(double X, double Y)> points)
{
    /// <summary>Its value.</summary>
    public double At(double x)
    {
        if (x <= points[0].X) return points[0].Y;
        for (var i = 1; i < points.Count; i++)
        {
            var (a, b) = (points[i - 1], points[i]);
            if (x <= b.X) return a.Y + (b.Y - a.Y) * (x - a.X) / (b.X - a.X);
        }

        return points[^1].Y;
    }
}
