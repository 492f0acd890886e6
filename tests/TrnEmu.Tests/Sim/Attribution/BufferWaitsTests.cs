using TrnEmu.Compiler.Kernels;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Isa.Operations.Tensor;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Kernels.Matmul;
using TrnEmu.Sim.Attribution;

namespace TrnEmu.Tests.Sim.Attribution;

/// <summary>On a product with one buffer for its sums, and tiles of operands that lie where earlier ones lay.</summary>
public sealed class BufferWaitsTests
{
    private static readonly Program Product = Compile();
    private static readonly BufferWaits Waits = new(Product);

    [Fact]
    public void A_product_waits_for_the_data_of_its_loads_and_its_copy_for_the_sums()
    {
        Assert.False(Waits.IsBuffer(All<DmaCopy>()[0], All<NcMatmul>()[0]));
        Assert.False(Waits.IsBuffer(All<DmaCopy>()[1], All<NcMatmul>()[0]));
        Assert.False(Waits.IsBuffer(All<NcMatmul>()[15], All<TensorCopy>()[0]));
        Assert.False(Waits.IsBuffer(All<NcMatmul>()[0], All<NcMatmul>()[1]));
    }

    [Fact]
    public void The_next_tile_of_y_waits_only_for_the_bank() =>
        Assert.True(Waits.IsBuffer(All<TensorCopy>()[0], All<NcMatmul>()[16]));

    [Fact]
    public void A_load_waits_only_for_the_products_that_read_what_lay_there_before()
    {
        var (first, load) = (All<NcMatmul>()[0], All<DmaCopy>().First(c => IsInPlaceOf(c, All<NcMatmul>()[0])));
        Assert.True(Waits.IsBuffer(first, load));
    }

    [Fact]
    public void What_touches_other_memory_waits_for_no_buffer() =>
        Assert.False(Waits.IsBuffer(All<DmaCopy>()[0], All<DmaCopy>()[1]));

    private static bool IsInPlaceOf(DmaCopy copy, NcMatmul product)
    {
        var (next, old) = (Product.TensorOf(copy.Dst), Product.TensorOf(product.Stationary));
        return next.Id != old.Id && next.Space == old.Space
            && next.Address!.Value.Byte < old.Address!.Value.Byte + old.BytesPerPartition
            && old.Address.Value.Byte < next.Address.Value.Byte + next.BytesPerPartition;
    }

    private static T[] All<T>() => [.. Product.Cores[0].Entries.Select(e => e.Operation).OfType<T>()];

    private static Program Compile()
    {
        var chip = Chip.Load("trn2");
        var kernel = KernelRegistry.All(typeof(MatmulNaive).Assembly).Find("matmul_naive");
        var sizes = kernel.Sizes(kernel.Case("bf16"), [("M", 1024), ("N", 1024), ("K", 2048)]);
        return Pipeline.Compile(kernel.Trace(chip, sizes, kernel.Case("bf16").DType), chip);
    }
}
