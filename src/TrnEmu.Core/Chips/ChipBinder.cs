using System.Globalization;
using System.Reflection;
using System.Text.Json;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Core.Chips;

/// <summary>
/// Makes records from nodes: a required property <c>ClockGhz</c> is the member <c>clock_ghz</c>. Every required
/// property must be there and nothing else; what is wrong is collected, and a placeholder goes on in its stead.
/// </summary>
internal sealed class ChipBinder(string file)
{
    private static readonly string[] QuantityMembers = ["value", "unit", "basis", "source"];

    /// <summary>What was found, in the order of the properties.</summary>
    public List<Diagnostic> Findings { get; } = [];

    /// <summary>The whole chip; meaningless when there are findings.</summary>
    public Chip Bind(ChipNode root) => (Chip)Record(typeof(Chip), root);

    private object Record(Type type, ChipNode node)
    {
        var record = Activator.CreateInstance(type)!;
        if (!IsObject(node)) return record;
        var properties = type.GetProperties().Where(p => p.CanWrite).ToArray();
        Refuse(node, [.. properties.Select(p => OperationInfo.SnakeCase(p.Name))]);
        foreach (var property in properties)
        {
            var name = OperationInfo.SnakeCase(property.Name);
            if (node[name] is { } member) property.SetValue(record, Value(property, member));
            else Missing(node, name);
        }

        return record;
    }

    private object? Value(PropertyInfo property, ChipNode node)
    {
        var type = property.PropertyType;
        if (type == typeof(string)) return Text(node);
        var expect = property.GetCustomAttribute<ExpectAttribute>();
        if (type == typeof(int)) return (int)Number(node, expect!);
        if (type == typeof(Quantity)) return Quantity(expect!, node);
        return type == typeof(IReadOnlyDictionary<CostClass, ClassCost>) ? Classes(node) : Record(type, node);
    }

    private Dictionary<CostClass, ClassCost> Classes(ChipNode node)
    {
        var classes = new Dictionary<CostClass, ClassCost>();
        if (!IsObject(node)) return classes;
        var known = Enum.GetValues<CostClass>().ToDictionary(c => OperationInfo.SnakeCase(c.ToString()));
        Refuse(node, known.Keys);
        foreach (var (name, member) in node.Members)
        {
            if (known.TryGetValue(name, out var key)) classes[key] = (ClassCost)Record(typeof(ClassCost), member);
        }

        return classes;
    }

    private Quantity Quantity(ExpectAttribute expect, ChipNode node)
    {
        if (!IsObject(node)) return new Quantity(1, expect.Unit, Basis.Assumed, "");
        Refuse(node, QuantityMembers);
        var value = 1.0;
        if (Member(node, "value") is { } number) value = Number(number, expect);
        var unit = Member(node, "unit") is { } u ? Text(u) : expect.Unit;
        if (unit != expect.Unit) Bad(node["unit"]!, $"unit is \"{unit}\", must be \"{expect.Unit}\"");
        var basis = Member(node, "basis") is { } b ? BasisOf(b) : Basis.Assumed;
        return new Quantity(value, unit, basis, Member(node, "source") is { } source ? Text(source) : "");
    }

    private double Number(ChipNode node, ExpectAttribute expect)
    {
        var value = node.Number;
        if (node.Kind != JsonTokenType.Number) Bad(node, "must be a number");
        else if (!double.IsFinite(value)) Bad(node, "is not finite");
        else if (value < 0) Bad(node, $"is {Show(value)}, must not be negative");
        else if (value < expect.Min) Bad(node, $"is {Show(value)}, must be at least {Show(expect.Min)}");
        else if (value > expect.Max) Bad(node, $"is {Show(value)}, must be at most {Show(expect.Max)}");
        else if (expect.Whole && value != Math.Floor(value)) Bad(node, $"is {Show(value)}, must be whole");
        else return value;
        return 1;
    }

    private Basis BasisOf(ChipNode node)
    {
        var text = Text(node);
        foreach (var basis in Enum.GetValues<Basis>())
        {
            if (OperationInfo.SnakeCase(basis.ToString()) == text) return basis;
        }

        if (text.Length > 0) Bad(node, $"is \"{text}\", must be documented, measured, fitted or assumed");
        return Basis.Assumed;
    }

    private string Text(ChipNode node)
    {
        if (node.Kind != JsonTokenType.String) Bad(node, "must be text");
        return node.Text;
    }

    private ChipNode? Member(ChipNode node, string name)
    {
        var member = node[name];
        if (member is null) Missing(node, name);
        return member;
    }

    private bool IsObject(ChipNode node)
    {
        if (node.Kind == JsonTokenType.StartObject) return true;
        Report(ChipCodes.Malformed, node, $"{node.Path} must be an object");
        return false;
    }

    private void Refuse(ChipNode node, IReadOnlyCollection<string> known)
    {
        var seen = new HashSet<string>();
        foreach (var (name, member) in node.Members)
        {
            var finding = !known.Contains(name) ? "is not a property of a chip"
                : !seen.Add(name) ? "stands twice" : null;
            if (finding is not null) Report(ChipCodes.UnknownProperty, member, $"{member.Path} {finding}");
        }
    }

    private void Missing(ChipNode node, string name) => Report(
        ChipCodes.MissingProperty, node, $"{(node.Path.Length == 0 ? name : $"{node.Path}.{name}")} is missing");

    private void Bad(ChipNode node, string finding) => Report(ChipCodes.BadValue, node, $"{node.Path} {finding}");

    private void Report(DiagnosticCode code, ChipNode node, string message) =>
        Findings.Add(Diagnostic.Error(code, message, new SourceSpan(file, node.Line)));

    private static string Show(double value) => value.ToString(CultureInfo.InvariantCulture);
}
