using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.GpSimd;

/// <summary>Random operations on named engines, and the bits they leave.</summary>
internal sealed class RandomScene(int generation)
{
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<int, uint[][]> _given = [];

    public Scene Scene { get; } = new();

    /// <summary>A tensor in SBUF with these bits.</summary>
    public AccessPattern Given(DType dtype, params uint[][] rows)
    {
        var pattern = Scene.Sbuf(dtype, rows.Length, rows[0].Length);
        _given.Add(pattern.Tensor, rows);
        return pattern;
    }

    /// <summary>Adds an operation, which verification accepts.</summary>
    public RandomScene Then(Operation operation, Engine engine = Engine.Vector)
    {
        _entries.Add(new Entry(operation, engine));
        return this;
    }

    /// <summary>Adds rng to a new tensor.</summary>
    public AccessPattern Draw(Engine engine, int partitions, int count, DType dtype = DType.UInt32)
    {
        var dst = Scene.Sbuf(dtype, partitions, count);
        Then(new Rng(dst), engine);
        return dst;
    }

    /// <summary>Adds set_rng_seed.</summary>
    public RandomScene Seed(uint seed) => Then(new SetRngSeed(Given(DType.UInt32, [seed])));

    /// <summary>Runs all; the bits of each of the tensors, row by row.</summary>
    public uint[][][] Run(params AccessPattern[] results)
    {
        var program = new Program { Tensors = [.. Scene.Tensors], Cores = [new CoreProgram { Entries = [.. _entries] }] };
        Assert.Empty(Findings(program));
        using var binding = Binding.Virtual(program);
        var core = new CoreState(program, binding, Scene.Chip(generation));
        foreach (var (tensor, rows) in _given)
        {
            var tile = core.Tile(AccessPattern.Whole(Scene.Tensors[tensor]));
            for (var p = 0; p < rows.Length; p++) Rows.StoreBits(tile, p, 0, rows[p]);
        }

        foreach (var entry in _entries) core.Execute(entry);
        return [.. results.Select(r => Read(core.Tile(r)))];
    }

    private IReadOnlyList<Diagnostic> Findings(Program program)
    {
        var verifier = new Verifier(program, Scene.Chip(generation));
        foreach (var entry in _entries) verifier.Verify(entry);
        return verifier.Findings;
    }

    private static uint[][] Read(Tile tile)
    {
        var rows = new uint[tile.Partitions][];
        for (var p = 0; p < rows.Length; p++) Rows.LoadBits(tile, p, 0, rows[p] = new uint[tile.Elements]);
        return rows;
    }
}
