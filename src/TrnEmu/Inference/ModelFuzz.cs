using System.Diagnostics;
using TrnEmu.Compiler.Importers;
using TrnEmu.Compiler.Importers.Onnx;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Inference;

/// <summary>
/// Changes bytes of a model, again and again, and compiles what comes of it: each must be compiled or refused as bad
/// input, in bounded time and memory.
/// </summary>
public static class ModelFuzz
{
    private const int MostChanges = 4;
    private const int CutOneIn = 16;

    /// <summary>Reads a model and mutates it.</summary>
    /// <exception cref="TrnException">The file cannot be read.</exception>
    public static FuzzResult Run(string path, RunOptions options, int count, int seed)
    {
        var model = ModelFile.Read(path, stream =>
        {
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        });
        return Run(model, path, new Dictionary<string, OnnxTensor>(), options, count, seed);
    }

    /// <summary>Mutates a model.</summary>
    /// <param name="model">Its bytes.</param>
    /// <param name="file">Its path; external data lie beside it.</param>
    /// <param name="inputs">Values of inputs, by name.</param>
    /// <param name="options">Options of a run.</param>
    /// <param name="count">Mutations.</param>
    /// <param name="seed">Of the changes.</param>
    /// <exception cref="InvalidOperationException">A mutation that was neither; it holds what happened.</exception>
    internal static FuzzResult Run(
        byte[] model, string file, IReadOnlyDictionary<string, OnnxTensor> inputs, RunOptions options, int count, int seed)
    {
        var random = new Random(seed);
        var chip = options.LoadChip("trn2");
        var result = new FuzzResult(0, 0, 0, 0);
        for (var i = 0; i < count; i++)
        {
            var mutated = Mutate(model, random);
            var (clock, before) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());
            var isCompiled = IsCompiled(mutated, file, inputs, options, chip, $"mutation {i} of seed {seed} of {file}");
            result = new FuzzResult(
                result.Compiled + (isCompiled ? 1 : 0),
                result.Refused + (isCompiled ? 0 : 1),
                Math.Max(result.SlowestSeconds, clock.Elapsed.TotalSeconds),
                Math.Max(result.MostBytes, GC.GetAllocatedBytesForCurrentThread() - before));
        }

        return result;
    }

    private static bool IsCompiled(
        byte[] model, string file, IReadOnlyDictionary<string, OnnxTensor> inputs, RunOptions options, Chip chip, string name)
    {
        try
        {
            using var stream = new MemoryStream(model);
            var imported = OnnxFile.Read(stream, file, new OnnxOptions(ModelInputs.DTypeOf(options), options.Dims, inputs));
            using var compiled = new CompiledModel(imported, chip, options, new CompileLog());
            return true;
        }
        catch (TrnException e) when (e.Kind == FailureKind.BadInput)
        {
            return false;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException(name, e);
        }
    }

    /// <summary>Some bytes replaced; now and then the end cut off.</summary>
    private static byte[] Mutate(byte[] model, Random random)
    {
        var mutated = (byte[])model.Clone();
        if (mutated.Length == 0) return mutated;
        for (var n = random.Next(1, MostChanges + 1); n > 0; n--)
            mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
        return random.Next(CutOneIn) == 0 ? mutated[..random.Next(mutated.Length)] : mutated;
    }
}

/// <summary>What became of mutated models.</summary>
/// <param name="Compiled">Those that are models still.</param>
/// <param name="Refused">Those that are bad input.</param>
/// <param name="SlowestSeconds">Longest time that one took.</param>
/// <param name="MostBytes">Most that was allocated for one.</param>
public sealed record FuzzResult(int Compiled, int Refused, double SlowestSeconds, long MostBytes);
