using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>
/// Whatever the arguments, verification reports diagnostics and throws nothing; what it accepts runs as the oracle
/// says, or stops with a fault.
/// </summary>
public sealed class IllegalTests
{
    private const int Cases = 300;
    private const int MostElements = 20_000;
    private const int LeastRefused = Cases / 10;

    /// <summary>Those that have operands at all.</summary>
    public static TheoryData<string> Operations =>
        [.. OneCore.Operations.Where(o => o.Operands.Count > 0).Select(o => o.Name)];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Illegal_operands_are_reported(string name)
    {
        var info = OperationInfo.Find(name)!;
        var refused = 0;
        Property.ForAll(TrialSeed.Any, seed =>
        {
            var draw = new Draw(new Random(seed.Seed), seed, info);
            var operation = Mutation.Of(draw, OperandsTable.Make(info.Type, draw));
            if (draw.Chance(20)) draw.Engine = draw.Of(Enum.GetValues<Engine>());
            var entry = new Entry(operation, draw.Engine);
            if (Trial.Findings(draw, entry).Count > 0) refused++;
            else Run(Legal(draw, entry));
        }, Cases);
        Assert.True(refused >= LeastRefused, $"{refused} of {Cases} were refused: the changes are too tame");
    }

    private static void Run(Trial trial)
    {
        var elements = Elements(trial.Subject.Operation);
        Assert.True(elements <= long.MaxValue, $"accepted with {elements} elements\n{trial.Subject.Operation}");
        if (elements > MostElements || LoopBody.Iterations(trial) > LoopBody.Most || !IsDefined(trial)) return;
        OracleRun.Check(trial, Binding.Virtual(trial.Program));
        OracleRun.Check(trial, Binding.Physical(trial.Program));
    }

    /// <summary>False when an engine writes an element twice: then no order is promised. DMA refuses that.</summary>
    private static bool IsDefined(Trial trial) =>
        trial.Subject.Operation.Info.Attribute.IsDma || !new Touched(trial).WritesTwice;

    /// <summary>Of the largest operand, without overflow.</summary>
    private static Int128 Elements(Operation operation) => operation.Info.Operands
        .Select(o => Arguments.Pattern(o.Get(operation))).OfType<AccessPattern>()
        .Select(p => (Int128)p.Partitions * p.Count0 * p.Count1 * p.Count2 * p.Count3).DefaultIfEmpty().Max();

    private static Trial Legal(Draw draw, Entry entry) =>
        new(Trial.ProgramOf(draw, [.. LoopBody.Around(draw, entry, [entry])]), draw.Bytes(), draw.Chip, entry) { Arithmetic = draw.Arithmetic };
}
