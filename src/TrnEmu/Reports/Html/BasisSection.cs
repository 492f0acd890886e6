using System.Globalization;
using TrnEmu.Core.Chips;
using static TrnEmu.Reports.ReportText;

namespace TrnEmu.Reports.Html;

/// <summary>How well the numbers behind the time are known.</summary>
internal static class BasisSection
{
    /// <summary>Writes the section, and what made the page.</summary>
    public static void Write(HtmlWriter html, RunResult result, TimedRun timed)
    {
        html.Markup("<section id=\"numbers\">").Heading("What the time rests on");
        html.Markup("<div class=\"stack\" aria-hidden=\"true\">");
        foreach (var basis in Enum.GetValues<Basis>())
            html.Markup(FormattableString.Invariant($"<i class=\"b{(int)basis}\" style=\"width:{100 * timed.Timeline.Basis.Share(basis):0.##}%\"></i>"));
        html.Markup("</div>\n<p class=\"legend\">");
        foreach (var basis in Enum.GetValues<Basis>())
        {
            html.Markup(FormattableString.Invariant($"<span><i class=\"key b{(int)basis}\"></i>"))
                .Text($"{Percent(timed.Timeline.Basis.Share(basis))} {basis.ToString().ToLowerInvariant()}").Markup("</span>");
        }

        html.Markup("</p>\n");
        html.Markup("<details><summary>").Text($"The numbers of {result.Chip.Name}, how each is known, and from where").Markup("</summary>\n");
        html.Table(
            "Documented: printed by the vendor. Measured: read off a real chip. Fitted: chosen so that predictions meet measurements. Assumed: for want of better.",
            ["number", "#value", "unit", "basis", "source"],
            ChipNumbers.Of(result.Chip).Select(n => (string[])[
                n.Path, n.Quantity.Value.ToString("0.######", CultureInfo.InvariantCulture), n.Quantity.Unit,
                n.Quantity.Basis.ToString().ToLowerInvariant(), n.Quantity.Source]));
        html.Markup("</details>\n").Paragraph($"trnemu {Versions.TrnEmu}", "sub");
        html.Markup("</section>\n");
    }
}
