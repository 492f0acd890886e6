namespace TrnEmu.Reports.Html;

/// <summary>What all pages have around their sections.</summary>
internal static class PageFrame
{
    /// <summary>
    /// Head and start of the body. The policy keeps even a mistake of ours from asking the network for anything.
    /// </summary>
    public static void Begin(HtmlWriter html, string title)
    {
        html.Markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Markup("<meta http-equiv=\"Content-Security-Policy\" ");
        html.Markup("content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n");
        html.Markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Markup("<meta name=\"color-scheme\" content=\"light dark\">\n");
        html.Markup("<title>").Text(title).Markup("</title>\n<style>\n");
        html.Markup(Resource("page.bundle.css")).Markup("</style>\n</head>\n<body>\n<main>\n");
    }

    /// <summary>Title of the page with the switch between light and dark.</summary>
    public static void Header(HtmlWriter html, string title, string sub)
    {
        html.Markup("<header><div><h1>").Text(title).Markup("</h1>");
        html.Paragraph(sub, "sub").Markup("</div><button type=\"button\" id=\"theme\" hidden>Dark</button></header>\n");
    }

    /// <summary>A section that the script draws.</summary>
    public static void Drawn(HtmlWriter html, string id, string title, string without) =>
        html.Markup("<section>").Heading(title).Markup($"<div id=\"{id}\"></div><noscript>").Paragraph(without)
            .Markup("</noscript></section>\n");

    /// <summary>The script and the end.</summary>
    public static void End(HtmlWriter html) =>
        html.Markup("<script>\n").Markup(Resource("page.bundle.js")).Markup("</script>\n</body>\n</html>\n");

    private static string Resource(string name)
    {
        using var stream = typeof(PageFrame).Assembly.GetManifestResourceStream("TrnEmu.Reports.Html." + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
