using System.Runtime.ExceptionServices;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Tests.Isa.Oracles;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>
/// Every operation equals its oracle, bit for bit, under both bindings, on one host thread and two. Each kind of thing
/// that a case can have occurs in at least 20 of them.
/// </summary>
public sealed class OracleTests(CaseTable table)
{
    private const int Cases = 1000;

    /// <summary>The Tensor engine's dtypes are left to chance, since few pairs of them are legal.</summary>
    private const int TensorCases = 12000;
    private const int Workers = 2;

    /// <summary>Cases for each combination of choices that take turns; some are lost to operands that share bytes.</summary>
    private const int OfEachCombination = 34;

    public static TheoryData<string> Operations => [.. OneCore.Operations.Select(o => o.Name)];

    [Fact]
    public void Every_operation_has_an_oracle_and_a_generator() => Assert.Empty(OneCore.Operations
        .Where(o => !OracleTable.Has(o.Type) || !OperandsTable.Has(o.Type)).Select(o => o.Name));

    [Theory]
    [MemberData(nameof(Operations))]
    public void Equals_its_oracle(string name)
    {
        var operation = OperationInfo.Find(name)!;
        table.Judge(operation, coverage => Compare(operation, coverage));
    }

    /// <summary>Even and odd numbers of cases at the same time.</summary>
    private static void Compare(OperationInfo operation, Coverage coverage)
    {
        var combinations = Trial.Make(operation.Type, new TrialSeed(0, 8)).Combinations;
        var least = operation.Attribute.Engines == Engines.Tensor ? TensorCases : Cases;
        var cases = Math.Max(least, combinations * OfEachCombination);
        try
        {
            Parallel.For(0, Workers, worker => Property.ForAll(
                TrialSeed.Numbered(worker, Workers), seed => Compare(operation, seed, coverage), cases / Workers));
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }

    private static void Compare(OperationInfo operation, TrialSeed seed, Coverage coverage)
    {
        var trial = Trial.Make(operation.Type, seed);
        var values = OracleRun.Check(trial, Binding.Virtual(trial.Program));
        OracleRun.Check(trial, Binding.Physical(trial.Program), threads: 2);
        lock (coverage) coverage.Add(trial, values);
    }
}
