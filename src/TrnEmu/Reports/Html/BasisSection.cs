using TrnEmu.Core.Chips;
using static TrnEmu.Reports.ReportText;

namespace TrnEmu.Reports.Html;

/// <summary>How well the numbers behind the time are known.</summary>
internal static class BasisSection
{
    /// <summary>Writes the section, and what made the page.</summary>
    public static void Write(HtmlWriter html, RunResult result, TimedRun timed)
    {
        html.Markup("<section>").Heading("What the time rests on");
        html.Markup("<div class=\"stack\" aria-hidden=\"true\">");
        foreach (var basis in Enum.GetValues<Basis>())
            html.Markup(FormattableString.Invariant($"<i class=\"b{(int)basis}\" style=\"width:{100 * timed.Timeline.Basis.Share(basis):0.##}%\"></i>"));
        html.Markup("</div>\n<p class=\"legend\">");
        foreach (var basis in Enum.GetValues<Basis>())
        {
            html.Markup(FormattableString.Invariant($"<i class=\"key b{(int)basis}\"></i> "))
                .Text($"{Percent(timed.Timeline.Basis.Share(basis))} {basis.ToString().ToLowerInvariant()} ");
        }

        html.Markup("</p>\n");
        html.Paragraph($"`trnemu chips {result.Chip.Name}` lists every number of the chip with its source. trnemu {Versions.TrnEmu}.", "sub");
        html.Markup("</section>\n");
    }
}
