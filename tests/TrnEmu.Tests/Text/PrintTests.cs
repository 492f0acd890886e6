using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Isa.Operations.Tensor;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Core.Text;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Text;

public sealed class PrintTests
{
    private static readonly Tensor A = new(0, "a", MemorySpace.Hbm, DType.Bf16, [256, 512])
    {
        Role = TensorRole.Input,
        Content = new TensorContent(ContentKind.Random),
        Span = new SourceSpan("kernels/matmul/Matmul.cs", 41),
    };

    private static readonly Tensor Tile =
        new(1, "tile", MemorySpace.Sbuf, DType.Bf16, [128, 512]) { Address = new Address(0, 0x800) };
    private static readonly Tensor Index = new(2, "idx", MemorySpace.Sbuf, DType.Int32, [128, 1]);
    private static readonly Tensor Sum =
        new(3, "sum", MemorySpace.Psum, DType.Fp32, [128, 512]) { Address = new Address(0, 0), IsPinned = true };

    private static readonly Operation Load =
        new DmaCopy(AccessPattern.Whole(Tile), AccessPattern.Whole(A) with { Partitions = 128, Offset = 131072 })
        {
            Span = new SourceSpan("kernels/matmul/Matmul.cs", 44),
        };

    private static readonly Operation Gather = new DmaCopy(
        AccessPattern.Whole(Tile), AccessPattern.Whole(A) with { Partitions = 128, Dynamic = new DynamicOffset(OffsetKind.Vector, 2, 0, 0, 512) }, OobMode: OobMode.Skip);

    private static readonly Operation Multiply = new NcMatmul(
        AccessPattern.Whole(Sum), AccessPattern.Whole(Tile) with { Count3 = 128 }, AccessPattern.Whole(Tile), Accumulate: false);

    [Fact]
    public void A_trace_reads_like_a_listing() =>
        Golden.Check("trace.trn", ProgramText.Print(Program([Load, Gather, Multiply])));

    [Fact]
    public void A_placed_program_shows_engines_queues_and_semaphores() =>
        Golden.Check("placed.trn", ProgramText.Print(Placed()));

    [Fact]
    public void An_expanded_program_shows_the_engine_instructions() =>
        Golden.Check("expanded.trn", ProgramText.Print(Placed(), expand: true, generation: 3));

    [Fact]
    public void Goldens_are_read_back() => TextPrograms.CheckRoundTrip(Placed());

    [Theory]
    [InlineData("tile[0:128][1,512]", "tile")]
    [InlineData("tile [ 0 : 128 ] [ 1 , 512 ]", "tile")]
    [InlineData("tile[0:128][0,1][1,512]", "tile")]
    [InlineData("tile[0:32]+0x40[1,512]", "tile[0:32]+64[1,512]")]
    [InlineData("tile[0:32][-1,512]:fp16", "tile[0:32][-1,512]:fp16")]
    [InlineData("a[512,256][1,512]", "a")]
    [InlineData("a-4[512,256][1,512]@r3*64", "a-4[512,256][1,512]@r3*64")]
    public void Patterns_have_one_printed_form(string written, string printed)
    {
        var text = ProgramText.Print(Program([]));
        var program = TextPrograms.Read(text + $"  dma_copy dst={written} src=a");
        Assert.Contains($"dst={printed} src", ProgramText.Print(program), StringComparison.Ordinal);
    }

    private static Program Program(Operation[] operations) => new()
    {
        Tensors = [A, Tile, Index, Sum],
        Cores = [new CoreProgram { Entries = EquatableArray.Create<Entry>([.. operations.Select(o => new Entry(o))]) }],
    };

    private static Program Placed() => Program([]) with
    {
        Cores =
        [
            new CoreProgram
            {
                Entries =
                [
                    new Entry(Load, Engine.Sync, 0, default, [new Signal(new Core.Isa.Semaphore(0, 0), 16)]),
                    new Entry(Gather, Engine.GpSimd, 12, [new Wait(new Core.Isa.Semaphore(1, 3), 1)]),
                    new Entry(Multiply, Engine.Tensor, -1, [new Wait(new Core.Isa.Semaphore(0, 0), 16), new Wait(new Core.Isa.Semaphore(0, 2), 1)]),
                ],
            },
            new CoreProgram(),
        ],
    };
}
