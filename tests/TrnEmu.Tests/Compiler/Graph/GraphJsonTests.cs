using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Cli;
using TrnEmu.Tests.Compiler.Importers;
using TrnEmu.Tests.Generation;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Compiler.Graph;

public sealed class GraphJsonTests
{
    private const string Small = """
        {
          "schema": 1,
          "tensors": [
            {"name":"x","role":"input","dtype":"fp32","shape":[1,2]},
            {"name":"w","role":"constant","dtype":"fp32","shape":[2],"base64":"AACAPwAAAEA="}
          ],
          "nodes": [
            {"output":"y","op":"rms_norm","inputs":["x","w"],"attributes":{"epsilon":1E-05},"source":"a \"norm\" é"}
          ],
          "outputs": [
            "y"
          ]
        }

        """;

    [Theory]
    [InlineData("llama")]
    [InlineData("gpt2")]
    [InlineData("llama2.c")]
    public void A_model_reads_back_as_it_was_written(string family)
    {
        using var model = family == "gpt2" ? TinyModels.Gpt2() : TinyModels.Llama(hasBias: true);
        var written = family == "llama2.c" ? TinyLlama.Read(TinyLlama.Bytes(), DType.Bf16).Model : model.Write().Read(DType.Bf16).Model;
        GraphJson.Write(written, model.File("graph.json"));
        var read = GraphJson.Read(model.File("graph.json"));
        Assert.Equal(written.Graph, read.Graph);
        Assert.Equal(written.Constants.Keys.Order(), read.Constants.Keys.Order());
        foreach (var (name, bytes) in written.Constants) Assert.Equal(bytes, read.Constants[name]);
    }

    [Fact]
    public void The_text_is_one_line_for_each_tensor_and_node()
    {
        using var folder = new TemporaryFolder();
        var model = GraphJson.Read(folder.Write("graph.json", Small));
        GraphJson.Write(model, folder.File("again.json"));
        Assert.Equal(Small, File.ReadAllText(folder.File("again.json")).ReplaceLineEndings());
        Assert.False(File.Exists(folder.File("again.json.bin")), "small constants stand in the text");
    }

    /// <summary>Attributes come back as the same words, whatever form they have in JSON.</summary>
    [Fact]
    public void Words_numbers_and_lists_come_back_as_they_are()
    {
        using var folder = new TemporaryFolder();
        var graph = GraphText.Parse(
            "graph 1\ninput x fp32[2,3]\ninput w fp32[2,2]\n"
            + "a = reshape(x) shape=[3,2]\nb = linear(a, w) activation=relu\nc = reshape(b) shape=[06,1]\n"
            + "d = linear(a, w, none, b)\noutput c\noutput d\n", "test");
        GraphJson.Write(new Model(graph, new Dictionary<string, byte[]>()), folder.File("graph.json"));
        Assert.Equal(graph, GraphJson.Read(folder.File("graph.json")).Graph);
    }

    [Theory]
    [InlineData("\"schema\": 1", "\"schema\": 2", 2, "schema is 2, expected a whole number from 1 to 1")]
    [InlineData("\"schema\": 1,", "\"schema\": 1, \"more\": 1,", 2, "\"more\" is no property of the graph")]
    [InlineData("\"schema\": 1,", "\"schema\": 1, \"schema\": 1,", 2, "schema stands twice")]
    [InlineData("\"shape\":[1,2]", "\"shape\":[1,2],\"extra\":0", 4, "\"extra\" is no property of a tensor")]
    [InlineData("\"shape\":[1,2]", "\"shape\":[1,0.5]", 4, "shape has 0.5, expected whole numbers of 32 bits")]
    [InlineData("\"shape\":[1,2]", "\"shape\":[1,0]", 4, "expected up to 8 extents from 1 on")]
    [InlineData("\"shape\":[1,2]", "\"shape\":[2147483647,2147483647]", 4, "expected up to 8 extents from 1 on")]
    [InlineData("\"shape\":[1,2]", "\"shape\":[1,3]", 8, "weight is fp32[2], expected [3]")]
    [InlineData("\"role\":\"input\"", "\"role\":\"output\"", 4, "role is \"output\", expected input, constant, cache")]
    [InlineData("\"role\":\"input\"", "\"role\":\"constant\"", 4, "sha256 is missing")]
    [InlineData("\"role\":\"constant\"", "\"role\":\"input\"", 5, "w has values and is no constant")]
    [InlineData("\"dtype\":\"fp32\",\"shape\":[1,2]", "\"dtype\":\"fp4_e2m1_x4\",\"shape\":[1,2]", 4, "dtype is \"fp4_e2m1_x4\"")]
    [InlineData("\"name\":\"x\"", "\"name\":\"w\"", 5, "tensor w is there already")]
    [InlineData("\"name\":\"x\"", "\"name\":\"1x\"", 4, "is no name")]
    [InlineData("AACAPwAAAEA=", "AACAPw==", 5, "w is fp32[2] of 8 bytes, its values have 4")]
    [InlineData("AACAPwAAAEA=", "AACAPwAAAEA", 5, "base64 of w is")]
    [InlineData("\"base64\"", "\"offset\":0,\"base64\"", 5, "values both here and in the file")]
    [InlineData("[\"x\",\"w\"]", "[\"x\",7]", 8, "inputs has 7, expected names or null")]
    [InlineData("[\"x\",\"w\"]", "[\"x\",\"\"]", 8, "inputs has \"\", expected names or null")]
    [InlineData("[\"x\",\"w\"]", "[\"x\",null]", 8, "has 2 operands, expected (x, weight)")]
    [InlineData("[\"x\",\"w\"]", "[\"x\",\"v\"]", 8, "there is no tensor v before y")]
    [InlineData("\"rms_norm\"", "\"rms\"", 8, "there is no operation rms")]
    [InlineData("1E-05", "-1", 8, "epsilon is -1, expected 0 or more")]
    [InlineData("1E-05", "1e999", 8, "attribute epsilon is Infinity, expected a number")]
    [InlineData("1E-05", "\"a b\"", 8, "attribute epsilon is \"a b\", expected a number")]
    [InlineData("1E-05", "{}", 8, "attribute epsilon is an object")]
    [InlineData("a \\\"norm\\\" é", "a\\nb", 8, "source has more than one line")]
    [InlineData("    \"y\"", "    \"x\"", 11, "x is no result of a node")]
    [InlineData("    \"y\"", "    5", 11, "outputs has 5, expected names")]
    public void What_is_wrong_is_named_with_its_line(string old, string replacement, int line, string words)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("graph.json", Small.Replace(old, replacement, StringComparison.Ordinal));
        File.WriteAllBytes(path + ".bin", new byte[64]);
        var e = Assert.Throws<TrnException>(() => GraphJson.Read(path));
        Assert.Equal(FailureKind.BadInput, e.Kind);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
        Assert.Contains($"graph.json:{line}: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constants_in_the_file_are_checked_against_length_place_and_hash()
    {
        using var model = TinyModels.Gpt2().Write();
        var path = model.File("graph.json");
        GraphJson.Write(model.Read().Model, path);
        var (text, constants) = (File.ReadAllText(path), File.ReadAllBytes(path + ".bin"));
        constants[^1] ^= 1;
        File.WriteAllBytes(path + ".bin", constants);
        Refused("have another SHA-256 than");
        File.WriteAllBytes(path + ".bin", constants[..^8]);
        Refused("bytes from ");
        File.WriteAllText(path, text.Replace("\"length\":", "\"length\":1", StringComparison.Ordinal));
        Refused(", its values have 1");
        File.Delete(path + ".bin");
        Refused("TRN1405");

        void Refused(string words) => Assert.Contains(
            words, Assert.Throws<TrnException>(() => GraphJson.Read(path)).Message, StringComparison.Ordinal);
    }

    /// <summary>Any cut and any changed bytes give a model or findings, and nothing else.</summary>
    [Theory]
    [InlineData("graph.json")]
    [InlineData("graph.json.bin")]
    public void Damaged_files_give_a_model_or_findings(string file)
    {
        using var model = TinyModels.Gpt2().Write();
        GraphJson.Write(model.Read().Model, model.File("graph.json"));
        var whole = File.ReadAllBytes(model.File(file));
        Property.ForAll(Damage.Of(whole, Math.Min(whole.Length, 2000)), bytes =>
        {
            File.WriteAllBytes(model.File(file), bytes);
            Damage.GivesModelOrFindings(() => GraphJson.Read(model.File("graph.json")).Constants.Count);
        }, cases: 700);
    }

    [Fact]
    public void Compile_writes_the_graph_that_it_compiles()
    {
        using var model = TinyModels.Llama().Write();
        var path = model.File("out.json");
        var (code, output, error) = Shell.Run("compile", model.Path, "--graph", path, "--steps", "40", "--dtype", "fp32");
        Assert.Equal((0, "", ""), (code, output, error));
        var expected = model.Read().Model;
        var read = GraphJson.Read(path);
        Assert.Equal(expected.Graph, read.Graph);
        Assert.Equal(expected.Constants["l1.w2"], read.Constants["l1.w2"]);
    }

    /// <summary>Constants of all types, views, lists and infinities: graphs of ONNX files have more than decoders.</summary>
    [Theory]
    [InlineData("gpt2/past.onnx")]
    [InlineData("vit/ibp_3_3_8.onnx")]
    public void The_graph_of_an_ONNX_file_reads_back_as_the_stages_show_it(string name)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("graph.json");
        string[] options = name.StartsWith("gpt2", StringComparison.Ordinal)
            ? ["--dim", "batch_size=1", "--dim", "seq_len=4", "--dim", "past_seq_len=0", "--dim", "total_seq_len=4"]
            : ["--dim", "batch_size=1"];
        var (code, output, error) = Shell.Run(
            ["compile", SharedModels.Path(name), "--graph", path, "--dump-after", "graph", .. options]);
        Assert.True(code == 0, error);
        var shown = GraphText.Parse(output["# after graph\n".Length..].Trim(), "output");
        Assert.Equal(shown, GraphJson.Read(path).Graph);
    }

    [Fact]
    public void A_kernel_has_no_graph_to_write()
    {
        using var folder = new TemporaryFolder();
        var (code, _, error) = Shell.Run("compile", "softmax", "--graph", folder.File("g.json"));
        Assert.Equal(2, code);
        Assert.Contains("softmax: error TRN1001: --graph: kernels and programs have no graph", error, StringComparison.Ordinal);
    }
}
