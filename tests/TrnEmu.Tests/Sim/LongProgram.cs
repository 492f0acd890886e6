using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using Semaphore = TrnEmu.Core.Isa.Semaphore;

namespace TrnEmu.Tests.Sim;

/// <summary>
/// Programs of any length that are made like a layer of a model: in each round a load, four products, an activation, a
/// copy and a store, each waiting for what it needs. Semaphore 0 counts loads, 1 products, 2 activations, 3 copies.
/// </summary>
internal static class LongProgram
{
    /// <summary>Engine instructions of a round: two triggers, four times two on Tensor, two more.</summary>
    public const int Instructions = 12;

    /// <summary>Operations of a round.</summary>
    public const int Operations = 8;

    /// <summary>Transfers of a round.</summary>
    public const int Transfers = 2;

    private const int Loads = 0, Products = 1, Activations = 2, Copies = 3;
    private static readonly TestDma Load = TestDma.Load(128, 1024);
    private static readonly TestDma Store = new(
        new DmaTransfer(MemorySpace.Sbuf, MemorySpace.Hbm, 0, 128, 512, 1, DType.Bf16));
    private static readonly TestMatmul Product = new(128, 512, DType.Bf16);
    private static readonly TestWork Activation = TestWork.Items(512, CostClass.ActivateTable);
    private static readonly TestWork Copy = TestWork.Items(512);

    /// <summary>That many rounds.</summary>
    public static Program Of(int rounds)
    {
        var entries = new List<Entry>(rounds * Operations);
        for (var round = 1; round <= rounds; round++)
        {
            entries.Add(new Entry(Load, Engine.Sync, 0, [For(Products, round - 2)], [By(Loads, 16)]));
            entries.Add(new Entry(Product, Engine.Tensor, -1, [For(Loads, 16 * round), For(Activations, round - 2)]));
            entries.Add(new Entry(Product, Engine.Tensor));
            entries.Add(new Entry(Product, Engine.Tensor));
            entries.Add(new Entry(Product, Engine.Tensor, -1, [], [By(Products, 1)]));
            entries.Add(new Entry(Activation, Engine.Scalar, -1, [For(Products, round)], [By(Activations, 1)]));
            entries.Add(new Entry(Copy, Engine.Vector, -1, [For(Activations, round)], [By(Copies, 1)]));
            entries.Add(new Entry(Store, Engine.GpSimd, 1, [For(Copies, round)]));
        }

        return new Program { Cores = [new CoreProgram { Entries = [.. entries] }] };
    }

    private static Wait For(int semaphore, int value) => new(new Semaphore(0, semaphore), value);

    private static Signal By(int semaphore, int amount) => new(new Semaphore(0, semaphore), amount);
}
