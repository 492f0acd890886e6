using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace TrnEmu.Core.Text;

/// <summary>
/// The documentation comments of this assembly, from the XML file beside it, as plain text. Where that file is not
/// deployed there are none.
/// </summary>
internal static partial class ApiDocs
{
    private static readonly Lazy<Dictionary<string, XElement>> Members = new(Read);

    /// <summary>What a type says of itself; null when nothing is known.</summary>
    public static string? Summary(Type type) => Text(Find($"T:{type.FullName}")?.Element("summary"));

    /// <summary>What a field or enum member says of itself; null when nothing is known.</summary>
    public static string? Summary(Type type, string member) => Text(Find($"F:{type.FullName}.{member}")?.Element("summary"));

    /// <summary>What a record says of a parameter; null when nothing is known.</summary>
    public static string? Parameter(Type type, string name) => Text(
        Find($"T:{type.FullName}")?.Elements("param").FirstOrDefault(e => e.Attribute("name")?.Value == name));

    private static XElement? Find(string member) => Members.Value.GetValueOrDefault(member);

    private static Dictionary<string, XElement> Read()
    {
        var path = Path.ChangeExtension(typeof(ApiDocs).Assembly.Location, ".xml");
        if (!File.Exists(path)) return [];
        return XDocument.Load(path).Descendants("member").ToDictionary(e => e.Attribute("name")!.Value);
    }

    private static string? Text(XElement? element) =>
        element is null ? null : Blanks().Replace(string.Concat(element.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "paramref" } link => Last(link),
        XElement element => string.Concat(element.Nodes().Select(Text)),
        _ => "",
    };

    private static string Last(XElement link) =>
        (link.Attribute("cref") ?? link.Attribute("name") ?? link.Attribute("langword"))?.Value.Split('(')[0].Split('.')[^1] ?? "";

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
