using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Sim.Observers;
using TrnEmu.Tests.Compiler;
using TrnEmu.Tests.Dependences;

namespace TrnEmu.Tests.Sim.Observers;

/// <summary>A gather of rows is judged by the rows that its indices name, when they are known.</summary>
public sealed class DynamicAddressTests
{
    private static readonly Tensor Index = new(0, "index", MemorySpace.Sbuf, DType.Int32, [3, 1])
    {
        Address = new Address(0, 64),
        IsPinned = true,
    };
    private static readonly Tensor Table = new(1, "table", MemorySpace.Hbm, DType.Fp32, [8, 4]);
    private static readonly Tensor X = new(2, "x", MemorySpace.Sbuf, DType.Fp32, [1, 4]);

    [Theory]
    [InlineData(5, 1, 7, null)]
    [InlineData(5, 1, 100, null)]
    [InlineData(5, 4, 7, "TRN3101")]
    [InlineData(4, 4, 7, "TRN3101")]
    public void Only_rows_that_the_indices_name_race(int a, int b, int c, string? code)
    {
        Assert.Equal(code, Code(new RaceObserver(Program()), a, b, c));
        if (code is not null) Assert.NotNull(Code(new MemoryObserver(Program()), a, b, c));
    }

    [Theory]
    [InlineData(4, 4, 4, null)]
    [InlineData(4, 4, 100, null)]
    [InlineData(4, 5, 4, "TRN3110")]
    public void Only_rows_that_the_indices_name_must_be_written(int a, int b, int c, string? code)
    {
        Assert.Equal(code, Code(new WrittenObserver(Program()), a, b, c));
        if (code is not null) Assert.Equal(code, Code(new MemoryObserver(Program()), a, b, c));
    }

    [Fact]
    public void Without_values_any_row_may_race() => Assert.NotNull(Fault.Of(() => RaceObserver.Check(Program())));

    private static string? Code(IExecutionObserver observer, params int[] indices)
    {
        var program = Program();
        var placed = X with { Address = new Address(0, 0) };
        using var binding = Binding.Physical(program with { Tensors = [Index, Table, placed] });
        var place = binding[Index.Id];
        for (var i = 0; i < indices.Length; i++)
            BitConverter.TryWriteBytes(place.Block.Span(place.Offset + i * place.PartitionStride, 4), indices[i]);
        return Fault.Of(() => FunctionPass.Run(program, binding, TestChips.Trn2, observer))?.Diagnostics[0].Code.Id;
    }

    /// <summary>Writes the indices and row 4, then gathers rows by index from the other engine.</summary>
    private static Program Program()
    {
        var row4 = AccessPattern.Whole(Table) with { Partitions = 1, Offset = 4 * 16 };
        var rows = AccessPattern.Whole(Table) with
        {
            Partitions = 3,
            Dynamic = new DynamicOffset(OffsetKind.Vector, Index.Id, 0, 0, 4),
        };
        return new Program
        {
            Tensors = [Index, Table, X],
            Cores =
            [
                new CoreProgram
                {
                    Entries =
                    [
                        new Entry(new Move(AccessPattern.Whole(Index)), Engine.Vector, -1, [],
                            [new Signal(new Semaphore(0, 0), 1)]),
                        new Entry(new Move(row4), Engine.Scalar),
                        new Entry(new Move(null, rows), Engine.Vector, -1, [new Wait(new Semaphore(0, 0), 1)]),
                    ],
                },
            ],
        };
    }
}
