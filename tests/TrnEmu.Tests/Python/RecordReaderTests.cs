using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Tensor;
using TrnEmu.Core.Memory;
using TrnEmu.Python;
using TrnEmu.Tests.Isa.OperationProperties;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Python;

/// <summary>Operations come back from their records.</summary>
public sealed class RecordReaderTests
{
    private const int Cases = 60;

    public static TheoryData<string> Operations => [.. OneCore.Operations.Select(o => o.Name)];

    [Theory]
    [MemberData(nameof(Operations))]
    public void A_record_is_its_operation(string name)
    {
        var index = OperationInfo.All.ToList().FindIndex(o => o.Name == name);
        Property.ForAll(TrialSeed.Any, seed =>
        {
            var trial = Trial.Make(OperationInfo.All[index].Type, seed, isAlone: true);
            var operation = trial.Subject.Operation;
            if (operation is IAccumulating { Accumulate.Kind: AccumulationKind.Mixed }) return;
            var reader = new RecordReader(trial.Program);
            reader.Begin(RecordWriter.Of(operation, trial.Subject.Engine, file: 2, line: 7, isShort: seed.Seed % 2 == 0));
            Assert.Equal(index, reader.U16());
            Assert.Equal(trial.Subject.Engine, reader.Member<Engine>());
            Assert.Equal((0, 2, 7), (reader.U8(), reader.I32(), reader.I32()));
            var span = new SourceSpan("k.py", 7);
            reader.For(name, span);
            var read = OperationReader.Of(index).Read(reader);
            Assert.Equal(Plain(operation, trial.Program) with { Span = span }, Plain(read, trial.Program));
        }, Cases);
    }

    [Fact]
    public void Indices_are_those_of_the_sorted_names()
    {
        Assert.Equal(OperationInfo.All.Select(o => o.Name).Order(StringComparer.Ordinal), OperationInfo.All.Select(o => o.Name));
        Assert.Equal(OperationTypes.All, OperationInfo.All.Select(o => o.Type));
        Assert.Equal(16, OperationTypes.Hash.Length);
    }

    [Theory]
    [InlineData("nc_matmul: dst is missing, expected a tensor", "")]
    [InlineData("nc_matmul: dst is an integer, expected a tensor", "2 1 0 0 0 0 0 0 0")]
    [InlineData("nc_matmul: dst is a list, expected a tensor", "6 0 0")]
    public void A_wrong_argument_is_named(string message, string bytes)
    {
        var reader = new RecordReader(Program.Empty);
        byte[] arguments = [.. bytes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(byte.Parse)];
        reader.Begin([.. arguments, .. new byte[64]]);
        reader.For("nc_matmul", new SourceSpan("k.py", 1));
        var index = OperationInfo.All.ToList().FindIndex(o => o.Type == typeof(NcMatmul));
        var finding = Assert.Single(Assert.Throws<TrnException>(() => OperationReader.Of(index).Read(reader)).Diagnostics);
        Assert.Equal(("TRN4311", message), (finding.Code.Id, finding.Message));
    }

    [Fact]
    public void Short_and_foreign_records_are_no_crash()
    {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(60)];
            random.NextBytes(bytes);
            for (var k = 0; k < bytes.Length; k++) bytes[k] = (byte)(random.Next(2) == 0 ? bytes[k] % 8 : bytes[k]);
            var reader = new RecordReader(Program.Empty);
            reader.Begin(bytes);
            reader.For("x", SourceSpan.None);
            var exception = Record.Exception(() => OperationReader.Of(random.Next(OperationTypes.All.Count)).Read(reader));
            Assert.True(exception is null or TrnException or InvalidDataException, exception?.ToString());
        }
    }

    /// <summary>Rows of a DMA's side in HBM may be divided otherwise: its elements as one list.</summary>
    private static Operation Plain(Operation operation, Program program) =>
        operation is not (Core.Isa.Operations.Dma.DmaCopy or Core.Isa.Operations.Dma.DmaCompute)
            ? operation
            : operation.Info.WithPatterns(operation, p => program.SpaceOf(p) != MemorySpace.Hbm || p.Dynamic.Kind == OffsetKind.Vector
                ? p
                : p with
                {
                    PartitionStep = HbmRowsTests.Addresses(p).Aggregate(17L, (hash, a) => unchecked(hash * 31 + a)),
                    Partitions = 1,
                    Count0 = 1,
                    Count1 = 1,
                    Count2 = 1,
                    Count3 = 1,
                    Stride0 = 0,
                    Stride1 = 0,
                    Stride2 = 0,
                    Stride3 = 0,
                });
}
