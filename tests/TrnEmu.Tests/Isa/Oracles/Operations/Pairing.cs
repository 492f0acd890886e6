namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>Each of eight values and its place in a row, no place twice. Equal means equal as fp32: NaN never is.</summary>
internal static class Pairing
{
    /// <summary>The places, -1 for a value that is not there; the first value has the first choice, or the last.</summary>
    public static int[] Of(float[] vals, float[] row, bool isFirstFirst)
    {
        var places = new int[vals.Length];
        var isTaken = new bool[row.Length];
        var order = Enumerable.Range(0, vals.Length);
        foreach (var j in isFirstFirst ? order : order.Reverse())
        {
            places[j] = Array.FindIndex([.. row.Select((x, i) => x == vals[j] && !isTaken[i])], free => free);
            if (places[j] >= 0) isTaken[places[j]] = true;
        }

        return places;
    }
}
