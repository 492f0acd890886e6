using TrnEmu.Compiler.Kernels;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Kernels.Matmul;

namespace TrnEmu.Tests.Kernels;

/// <summary>
/// Each step of the ladder is what its name says: how often operands are loaded, how many banks take turns.
/// </summary>
public sealed class LadderTests
{
    private const int Size = 1024;
    private const long Operand = 2L * Size * Size;
    private static readonly IReadOnlyList<Kernel> All = KernelRegistry.All(typeof(MatmulNaive).Assembly);

    // Tiles of y: 8 x 2, terms in 8 slots. Loads: two for each product; (1 + 2) for each m; one for each operand;
    // blocked: one block of columns times two of rows, two loads each. Then those whose transfers bring one tile or one
    // slot: by blocks of 2 x 2 tiles, of 4 x 2 x 3, of the whole operand, of 4 x 1 x 8.
    [Theory]
    [InlineData("matmul_naive", 8 * 2 * 8 * 2, 2 * Operand + 8 * Operand, 1)]
    [InlineData("matmul_hoisted", 8 * (1 + 2), Operand + 8 * Operand, 1)]
    [InlineData("matmul_one_bank", 2, 2 * Operand, 1)]
    [InlineData("matmul_double_buffered", 2, 2 * Operand, 2)]
    [InlineData("matmul_blocked", 4, Operand + 2 * Operand, 8)]
    [InlineData("matmul_tiled", 8 * 2 * 8 * 2, 2 * Operand + 8 * Operand, 8)]
    [InlineData("matmul_free_blocks", 4 * (2 * 8 + 2 * 8), Operand + 4 * Operand, 8)]
    [InlineData("matmul_all_blocks", 8 * (1 + 2), 2 * Operand, 8)]
    [InlineData("matmul_row_bands", 2 * 8, 2 * Operand, 1)]
    [InlineData("matmul_row_bands_pipelined", 2 * 8, 2 * Operand, 2)]
    [InlineData("matmul_small_blocks", 2 * 8 * (1 + 2), Operand + 2 * Operand, 8)]
    public void Loads_and_banks_are_as_the_step_says(string name, int loads, long bytes, int banks)
    {
        var chip = Chip.Load("trn2");
        var kernel = All.Find(name);
        var sizes = kernel.Sizes(kernel.Case(), [("M", Size), ("N", Size), ("K", Size)]);
        var program = Pipeline.Compile(kernel.Trace(chip, sizes, DType.Bf16), chip);
        DmaCopy[] copies = [.. program.Cores[0].Entries.Select(e => e.Operation).OfType<DmaCopy>().Where(c => IsLoad(program, c))];
        Assert.Equal(loads, copies.Length);
        Assert.Equal(bytes, copies.Sum(c => c.Src.Elements * 2));
        Assert.Equal(banks, program.Tensors.Where(t => t.Space == MemorySpace.Psum).Select(t => t.Address).Distinct().Count());
    }

    private static bool IsLoad(Program program, DmaCopy copy) => program.SpaceOf(copy.Src) == MemorySpace.Hbm;
}
