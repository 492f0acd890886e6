using System.Globalization;
using System.Text.RegularExpressions;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Graph;

/// <summary>Reads the text form of a graph, line by line; each line that is wrong is one finding at its
/// number.</summary>
internal sealed partial class GraphReader(string file)
{
    private readonly GraphBuilder _builder = new();

    /// <summary>The graph.</summary>
    public ModelGraph Read(string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            _builder.Span = new SourceSpan(file, i + 1);
            var line = lines[i].TrimEnd();
            if (i == 0) ReadHeader(line);
            else if (line.Length > 0 && line[0] != '#') ReadLine(line);
        }

        return _builder.Build();
    }

    private void ReadHeader(string line)
    {
        if (line == GraphText.Header) return;
        _builder.Report(
            GraphCodes.Syntax, $"the first line is \"{line}\", expected \"{GraphText.Header}\"");
    }

    private void ReadLine(string line)
    {
        if (Declaration().Match(line) is { Success: true } declaration) Declare(declaration.Groups);
        else if (OutputLine().Match(line) is { Success: true } output) _builder.Output(output.Groups["name"].Value);
        else if (NodeLine().Match(line) is { Success: true } node) AddNode(node.Groups);
        else _builder.Report(GraphCodes.Syntax,
            $"\"{line}\" is no declaration `input x fp32[1,64]`, node `y = op(x, w) name=value` or `output y`");
    }

    private void Declare(GroupCollection parts)
    {
        if (!DTypes.TryParse(parts["dtype"].Value, out var dtype) || !dtype.IsArithmetic())
        {
            _builder.Report(
                GraphCodes.Syntax,
                $"type {parts["dtype"].Value}: expected one of {string.Join(", ", DTypes.Arithmetic.Select(d => d.Name()))}");
            return;
        }

        var shape = new List<int>();
        foreach (var extent in parts["shape"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (int.TryParse(extent, NumberStyles.None, CultureInfo.InvariantCulture, out var value)) shape.Add(value);
            else _builder.Report(GraphCodes.Syntax, $"extent {extent} is more than {int.MaxValue}");
        }

        var role = Enum.Parse<GraphRole>(parts["role"].Value, ignoreCase: true);
        _builder.Declare(parts["name"].Value, new TensorType(dtype, [.. shape]), role);
    }

    private void AddNode(GroupCollection parts)
    {
        var inputs = parts["inputs"].Value.Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(i => i == GraphNames.Absent ? "" : i);
        var attributes = parts["attributes"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(a => new GraphAttribute(
                a[..a.IndexOf('=', StringComparison.Ordinal)], a[(a.IndexOf('=', StringComparison.Ordinal) + 1)..]));
        _builder.Add(
            parts["output"].Value, parts["op"].Value, [.. inputs], [.. attributes], parts["source"].Value);
    }

    [GeneratedRegex(@"^(?<role>input|constant|cache) +(?<name>\S+) +(?<dtype>[a-z0-9_]+)\[(?<shape>([0-9]+(,[0-9]+)*)?)\]$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^output +(?<name>\S+)$", RegexOptions.CultureInvariant)]
    private static partial Regex OutputLine();

    [GeneratedRegex(
        @"^(?<output>\S+) = (?<op>\w+)\((?<inputs>[^()#]*)\)(?<attributes>( [A-Za-z_]\w*=[^\s#=]+)*)"
        + @"(  # (?<source>.+))?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex NodeLine();
}
