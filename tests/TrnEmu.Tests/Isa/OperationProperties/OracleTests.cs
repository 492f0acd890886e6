using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.Oracles;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>Every operation equals its oracle, bit for bit, under both bindings, on one host thread and two.</summary>
public sealed class OracleTests(CaseTable table) : IClassFixture<CaseTable>
{
    private const int Cases = 1000;
    private const int CasesOfEachKind = 20;

    public static TheoryData<string> Operations => [.. OneCore.Operations.Select(o => o.Name)];

    [Fact]
    public void Every_operation_has_an_oracle_and_a_generator() => Assert.Empty(OneCore.Operations
        .Where(o => !OracleTable.Has(o.Type) || !OperandsTable.Has(o.Type)).Select(o => o.Name));

    [Theory]
    [MemberData(nameof(Operations))]
    public void Equals_its_oracle(string name)
    {
        var operation = OperationInfo.Find(name)!;
        var counts = new ValueCounts();
        var cases = 0;
        Property.ForAll(TrialSeed.Any, seed =>
        {
            var trial = Trial.Make(operation.Type, seed);
            counts.Add(OracleRun.Check(trial, Binding.Virtual(trial.Program)));
            OracleRun.Check(trial, Binding.Physical(trial.Program), threads: 2);
            cases++;
        }, Cases);
        table.Add(name, cases, counts);
        if (operation.Operands.Any(o => o.Role == OperandRole.Read && o.DTypes.Contains(DType.Fp32)))
            Assert.All(counts.Numbers[..5], n =>
                Assert.True(n >= CasesOfEachKind, $"{n} of a kind of value, at least {CasesOfEachKind} wanted"));
    }
}
