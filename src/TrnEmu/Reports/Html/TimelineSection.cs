using System.Text;
using System.Text.Json;
using TrnEmu.Core.Isa;
using TrnEmu.Reports.Lanes;
using static TrnEmu.Reports.ReportText;

namespace TrnEmu.Reports.Html;

/// <summary>What each engine and queue does when: boxes as data, which the page's script draws.</summary>
internal static class TimelineSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, TimedRun timed, BoxSink boxes)
    {
        html.Markup("<section>").Heading("Timeline");
        html.Markup("<p class=\"tools\"><button type=\"button\" id=\"in\" aria-label=\"zoom in\">+</button>");
        html.Markup("<button type=\"button\" id=\"out\" aria-label=\"zoom out\">&minus;</button>");
        html.Markup("<button type=\"button\" id=\"all\">all</button><span id=\"hint\">");
        html.Markup("drag to move, Ctrl + wheel to zoom; keys: arrows step through boxes and lanes, + and &minus; zoom, 0 shows all</span></p>\n");
        html.Markup("<canvas id=\"timeline\" tabindex=\"0\" role=\"application\" ");
        html.Markup("aria-roledescription=\"timeline\" aria-label=\"").Markup(HtmlWriter.Escaped($"Engines and DMA queues over {Time(timed.Timeline.Elapsed)}; arrow keys step through what they do")).Markup("\"></canvas>\n");
        html.Markup("<p id=\"info\" aria-live=\"polite\">&nbsp;</p><div id=\"tip\" hidden></div>\n");
        html.Markup("<noscript><p>The timeline needs the page's own script; the tables say the same in numbers.</p></noscript>\n");
        html.Markup("<script type=\"application/json\" id=\"data\">").Markup(Data(timed, boxes)).Markup("</script>\n</section>\n");
    }

    /// <summary>
    /// Six numbers a box: picoseconds since the last box's end, length, name, place, slices, picoseconds filled (-1 for all). JSON's
    /// default escapes leave nothing that ends a script.
    /// </summary>
    private static string Data(TimedRun timed, BoxSink boxes)
    {
        var (names, places) = (new Numbers(), new Numbers());
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("elapsed", timed.Timeline.Elapsed);
            json.WriteStartArray("rows");
            foreach (var (lane, row, all) in boxes.Rows) WriteRow(json, lane, row, all, timed.Timeline.Cores.Count > 1, names, places);
            json.WriteEndArray();
            names.Write(json, "names");
            places.Write(json, "places");
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteRow(Utf8JsonWriter json, Lane lane, int row, IReadOnlyList<Box> boxes, bool hasCores, Numbers names, Numbers places)
    {
        json.WriteStartObject();
        var title = hasCores ? FormattableString.Invariant($"{lane.Core}: {lane.Title}") : lane.Title;
        json.WriteString("title", row == 0 ? title : "");
        json.WriteNumber("colour", lane.Kind == LaneKind.Queue ? 0 : lane.Number);
        json.WriteStartArray("boxes");
        long at = 0;
        foreach (var box in boxes.OrderBy(b => b.Start))
        {
            json.WriteNumberValue(box.Start - at);
            json.WriteNumberValue(box.End - box.Start);
            json.WriteNumberValue((box.IsWait ? -1 : 1) * (names.Of(box.Name) + 1));
            json.WriteNumberValue(places.Of(box.Place));
            json.WriteNumberValue(box.Count);
            json.WriteNumberValue(box.Filled == box.End - box.Start ? -1 : box.Filled);
            at = box.End;
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Texts by number.</summary>
    private sealed class Numbers
    {
        private readonly Dictionary<string, int> _numbers = [];

        public int Of(string text)
        {
            if (!_numbers.TryGetValue(text, out var number)) _numbers.Add(text, number = _numbers.Count);
            return number;
        }

        public void Write(Utf8JsonWriter json, string name)
        {
            json.WriteStartArray(name);
            foreach (var text in _numbers.Keys) json.WriteStringValue(text);
            json.WriteEndArray();
        }
    }
}
