using System.Text.Json;
using TrnEmu.Compiler.Json;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Graph;

/// <summary>Reads the JSON form of a model strictly: what it does not know is a finding at its line.</summary>
internal sealed class GraphJsonReader
{
    private const int MaxBytes = 256_000_000;
    private static readonly GraphRole[] Roles = [GraphRole.Input, GraphRole.Constant, GraphRole.Cache];
    private readonly string _path;
    private readonly JsonChecker _json;
    private readonly GraphBuilder _builder = new();

    private GraphJsonReader(string path) => (_path, _json) = (path, new JsonChecker(path, GraphCodes.Json));

    /// <summary>The model of a file.</summary>
    /// <exception cref="TrnException">Everything that is wrong with it.</exception>
    public static Model Read(string path) => new GraphJsonReader(path).Read(
        JsonText.Load(path, MaxBytes, GraphCodes.Json, Importers.ImportCodes.Unreadable));

    /// <summary>input, constant or cache.</summary>
    public static string WordOf(GraphRole role) => role switch
    {
        GraphRole.Input => "input",
        GraphRole.Constant => "constant",
        GraphRole.Cache => "cache",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    private Model Read(JsonItem root)
    {
        _json.IsObject(root, "the graph", "schema", "tensors", "nodes", "outputs");
        _json.Whole(root, "schema", GraphJson.Schema, GraphJson.Schema);
        _json.ThrowIfAny();
        var constants = new List<(GraphTensor, JsonItem)>();
        foreach (var item in _json.Items(root, "tensors")) ReadTensor(item, constants);
        foreach (var item in _json.Items(root, "nodes")) ReadNode(item);
        foreach (var item in _json.Items(root, "outputs"))
        {
            _builder.Span = new SourceSpan(_path, item.Line);
            if (item.Kind == JsonTokenType.String) _builder.Output(item.Text);
            else _json.Report(item, $"outputs has {JsonChecker.Show(item)}, expected names");
        }

        _json.ThrowIfAny();
        var graph = _builder.Build();
        return new Model(graph, new GraphConstants(_path, _json).Read(constants));
    }

    private void ReadTensor(JsonItem item, List<(GraphTensor Tensor, JsonItem Item)> constants)
    {
        var before = _json.Findings.Count;
        if (!_json.IsObject(item, "a tensor", "name", "role", "dtype", "shape", "base64", "offset", "length", "sha256"))
            return;
        var name = _json.Text(item, "name");
        var word = _json.Text(item, "role");
        var dtypeName = _json.Text(item, "dtype");
        var shape = Integers(item, "shape");
        var role = Array.Find(Roles, r => WordOf(r) == word);
        if (role == GraphRole.Internal)
            _json.Report(item, $"role is \"{word}\", expected {string.Join(", ", Roles.Select(WordOf))}");
        if (!DTypes.TryParse(dtypeName, out var dtype) || !dtype.IsArithmetic())
            _json.Report(item,
                $"dtype is \"{dtypeName}\", expected one of {string.Join(", ", DTypes.Arithmetic.Select(d => d.Name()))}");
        if (role != GraphRole.Constant && GraphConstants.Members.Any(m => item[m] is not null))
            _json.Report(item, $"{name} has values and is no constant");
        if (_json.Findings.Count > before) return;
        var type = new TensorType(dtype, [.. shape]);
        _builder.Span = new SourceSpan(_path, item.Line);
        _builder.Declare(name, type, role);
        if (role == GraphRole.Constant) constants.Add((new GraphTensor(name, type, role), item));
    }

    private void ReadNode(JsonItem item)
    {
        var before = _json.Findings.Count;
        if (!_json.IsObject(item, "a node", "output", "op", "inputs", "attributes", "source")) return;
        var output = _json.Text(item, "output");
        var op = _json.Text(item, "op");
        var source = _json.Text(item, "source", "");
        if (source.AsSpan().IndexOfAny('\n', '\r') >= 0) _json.Report(item, $"source has more than one line");
        var inputs = new List<string>();
        foreach (var input in _json.Items(item, "inputs"))
        {
            if (input.Kind == JsonTokenType.Null || input.Text.Length > 0) inputs.Add(input.Text);
            else _json.Report(input, $"inputs has {JsonChecker.Show(input)}, expected names or null");
        }

        var attributes = new List<GraphAttribute>();
        if (item["attributes"] is { IsObject: false } wrong)
            _json.Report(wrong, $"attributes is {JsonChecker.Show(wrong)}, expected an object");
        foreach (var (name, value) in item["attributes"]?.Members ?? []) attributes.Add(Attribute(name, value));
        if (_json.Findings.Count > before) return;
        _builder.Span = new SourceSpan(_path, item.Line);
        _builder.Add(output, op, [.. inputs], [.. attributes], source);
    }

    /// <summary>Words are those that the text form can hold too.</summary>
    private GraphAttribute Attribute(string name, JsonItem value)
    {
        switch (value.Kind)
        {
            case JsonTokenType.Number when double.IsFinite(value.Number):
                return new GraphAttribute(name, value.Number);
            case JsonTokenType.StartArray:
                return new GraphAttribute(name, [.. Integers(value, name)]);
            case JsonTokenType.String when value.Text.Length > 0
                && !value.Text.Any(c => char.IsWhiteSpace(c) || c is '=' or '#'):
                return new GraphAttribute(name, value.Text);
            default:
                _json.Report(value,
                    $"attribute {name} is {JsonChecker.Show(value)}, expected a number, whole numbers or a word");
                return default;
        }
    }

    private List<int> Integers(JsonItem item, string name)
    {
        var list = new List<int>();
        foreach (var number in item.IsArray ? item.Items : _json.Items(item, name))
        {
            if (number.Integer is >= int.MinValue and <= int.MaxValue) list.Add((int)number.Integer.Value);
            else _json.Report(number, $"{name} has {JsonChecker.Show(number)}, expected whole numbers of 32 bits");
        }

        return list;
    }
}
