using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Validation;

/// <summary>Reads the ladders of a file.</summary>
internal static class LadderReader
{
    /// <summary>The ladders; their rows exist, and those of one ladder have one unit.</summary>
    public static IReadOnlyList<Ladder> Read(
        NodeReader reader, ChipNode root, IReadOnlyList<Measurement> rows, string file)
    {
        if (root["ladders"] is not { } ladders || !reader.IsMap(ladders)) return [];
        var byId = rows.DistinctBy(r => r.Id).ToDictionary(r => r.Id);
        return [.. ladders.Members.Select(m => Ladder(m.Key, m.Value))];

        Ladder Ladder(string name, ChipNode node)
        {
            var ids = reader.Each(node, "ids of rows", reader.Text);
            if (ids.Count == 1) reader.Bad(node, "must name at least two rows");
            for (var i = 0; i < ids.Count; i++)
            {
                var place = node.Members[i].Value;
                if (ids[i].Length == 0) continue;
                if (!byId.TryGetValue(ids[i], out var row)) reader.Bad(place, $"is \"{ids[i]}\", no row of that id");
                else if (row.Metric == Metric.Timeline) reader.Bad(place, $"is \"{ids[i]}\", a timeline has no order");
                else if (byId.TryGetValue(ids[0], out var first) && first.Unit != row.Unit)
                    reader.Bad(place, $"is \"{ids[i]}\" in {row.Unit}, the first row is in {first.Unit}");
            }

            return new Ladder(name, ids, new SourceSpan(file, node.Line));
        }
    }
}
