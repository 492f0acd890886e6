using TrnEmu.Compiler.Importers.Onnx;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;
using TrnEmu.Inference;
using TrnEmu.Tests.Generation;

namespace TrnEmu.Tests.Compiler.Importers.Onnx;

/// <summary>ONNX's own tests of operations: all pass but those that are refused in words, none is wrong.</summary>
public sealed class NodeSuiteTests(ITestOutputHelper output)
{
    private static readonly RunOptions Options = new() { DType = DType.Fp32, Threads = 1 };

    /// <summary>What the importer makes of them, apart from any chip.</summary>
    [Fact]
    public void The_interpreter_computes_all_but_the_refused() => Run(NodeCase.Interpret);

    /// <summary>The same compiled and executed.</summary>
    [Theory]
    [InlineData("trn2")]
    public void The_chip_computes_all_but_the_refused(string name)
    {
        var chip = Chip.Load(name);
        Run((model, inputs) =>
        {
            using var compiled = new CompiledModel(model, chip, Options, new CompileLog());
            return compiled.Run(inputs);
        });
    }

    private void Run(Func<ImportedModel, Dictionary<string, double[]>, Dictionary<string, double[]>> compute)
    {
        var (passed, wrong, refused) = (0, new List<string>(), new List<string>());
        foreach (var test in Directory.GetDirectories(SharedModels.Folder("onnx-node")).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(test);
            try
            {
                if (new NodeCase(test).Run(compute) is { } problem) wrong.Add($"{name}: {problem}");
                else passed++;
            }
            catch (TrnException e)
            {
                refused.Add($"{name}: {e.Diagnostics[0].Message}");
            }
        }

        output.WriteLine($"{passed} passed, {wrong.Count} wrong, {refused.Count} refused");
        foreach (var line in wrong.Concat(refused)) output.WriteLine(line);
        Assert.Empty(wrong);
        Assert.DoesNotContain(refused, r => !NodeSuiteRefusals.Has(r[..r.IndexOf(':')]));
    }

    /// <summary>10,400 models with some bytes changed: each is compiled, or refused as bad input.</summary>
    [Fact]
    public void Mutated_models_compile_or_are_refused()
    {
        const int Each = 16;
        const double Seconds = 20;
        const long Bytes = 1L << 30;
        foreach (var (test, seed) in Directory.GetDirectories(SharedModels.Folder("onnx-node")).Order(StringComparer.Ordinal).Select((t, i) => (t, i)))
        {
            var node = new NodeCase(test);
            var result = ModelFuzz.Run(node.Bytes, Path.Combine(test, "model.onnx"), node.Inputs, Options, Each, seed);
            Assert.Equal(Each, result.Compiled + result.Refused);
            Assert.True(result.SlowestSeconds < Seconds && result.MostBytes < Bytes, $"{test}, seed {seed}: {result}");
        }
    }
}
