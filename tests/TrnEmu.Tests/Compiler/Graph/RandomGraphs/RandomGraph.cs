using FsCheck;
using FsCheck.Fluent;
using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Kernels.Copy;
using TrnEmu.Tests.Compiler.Graph.Ops;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Compiler.Graph.RandomGraphs;

/// <summary>A graph of a few nodes, the values of its inputs, and what its results must be.</summary>
internal sealed class RandomGraph
{
    private static readonly GraphLowering Lowering = new(LoweringRegistry.All(typeof(Copy).Assembly));
    private readonly int _seed;

    private RandomGraph(int seed, Draft draft, Chip chip)
    {
        (_seed, Chip) = (seed, chip);
        (Graph, Known) = draft.Build();
    }

    /// <summary>The graph.</summary>
    public ModelGraph Graph { get; }

    /// <summary>The chip it is compiled for.</summary>
    public Chip Chip { get; }

    /// <summary>Every tensor by its name.</summary>
    public IReadOnlyDictionary<string, Known> Known { get; }

    /// <summary>Graphs of 3 to 12 nodes, of any operations but at least one of those named.</summary>
    public static Gen<RandomGraph> Gen(params string[] ops) => OpCases.Seeds.Select(seed =>
    {
        // Where the operation does not come about (in fp8 few products of products are tame), that of the next seed.
        var draft = Make(seed, ops);
        for (var next = 1; next < 20 && !draft.Has(ops); next++) draft = Make(seed ^ next, ops);
        var chip = OpCases.AnyChip(draft.Random);
        return new RandomGraph(seed, draft, draft.Has(["linear_mx"]) ? Core.Chips.Chip.Load("trn3") : chip);
    });

    /// <summary>What the front end records.</summary>
    public Program Trace() => Lowering.Trace(Graph, Chip, static _ => new TensorContent(ContentKind.Random));

    /// <summary>The bytes that a tensor has before a run; null for those that nodes make.</summary>
    public byte[]? Given(string name) => Graph.Tensors.FirstOrDefault(t => t.Name == name) switch
    {
        { Role: GraphRole.Cache } cache => new byte[cache.Type.Bytes],
        { Role: GraphRole.Input or GraphRole.Constant } t => GraphBytes.Encode(t.Type.DType, Known[name].Values),
        _ => null,
    };

    /// <inheritdoc/>
    public override string ToString() => $"seed {_seed} on {Chip.Name}:\n{GraphText.Print(Graph)}";

    private static Draft Make(int seed, string[] ops)
    {
        var draft = new Draft(seed);
        var (random, all) = (draft.Random, NodeMakers.All.Keys.Order(StringComparer.Ordinal).ToArray());
        var (nodes, place) = (random.Next(3, 13), random.Next(3));
        for (var tries = 0; tries < 400; tries++)
        {
            var isMissing = !draft.Has(ops);
            if (draft.Nodes >= nodes && !isMissing) break;
            draft.Try(NodeMakers.All[OpCases.OneOf(random, isMissing && draft.Nodes >= place ? ops : all)]);
        }

        return draft;
    }
}
