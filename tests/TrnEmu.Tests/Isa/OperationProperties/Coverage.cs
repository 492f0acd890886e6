using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>How often the random cases of one operation had each kind of thing that a case can have.</summary>
internal sealed class Coverage(OperationInfo operation)
{
    private readonly Dictionary<(Aspect Aspect, object Kind), long> _counts = [];

    /// <summary>Cases that were compared.</summary>
    public int Cases { get; private set; }

    /// <summary>Takes one case and what its operations read and wrote.</summary>
    public void Add(Trial trial, ValueCounts values)
    {
        Cases++;
        var patterns = Operands(trial.Subject.Operation, OperandRole.Read)
            .Concat(Operands(trial.Subject.Operation, OperandRole.Write)).ToArray();
        Count(Aspect.Chip, trial.Chip.Generation);
        Count(Aspect.Engine, trial.Subject.Engine);
        if (Pair(trial.Subject.Operation) is { } pair) Count(Aspect.DTypes, pair);
        foreach (var quadrant in patterns.Select(p => Layouts.Quadrant(trial.Program, p)).OfType<int>().Distinct())
            Count(Aspect.Start, quadrant);
        foreach (var layout in patterns.SelectMany(p => Layouts.Of(trial.Program, p)).Distinct())
            Count(Aspect.Layout, layout);
        foreach (var operand in operation.Operands.Where(o => Arguments.Pattern(o.Get(trial.Subject.Operation)) is { IsIndirect: true }))
            Count(Aspect.Indirect, operand.Name);
        for (var i = 0; i < ValueCounts.Kinds.Length; i++) Count(Aspect.Value, ValueCounts.Kinds[i], values.Numbers[i]);
    }

    /// <summary>What can occur and how often it did, in the order of the table's columns.</summary>
    public IEnumerable<(Aspect Aspect, string Kind, long Count)> Kinds() =>
        Expected.Of(operation, [.. Seen(Aspect.DTypes).Cast<(DType, DType)>()])
            .Select(e => (e.Aspect, $"{e.Kind}", _counts.GetValueOrDefault(e)));

    private IEnumerable<object> Seen(Aspect aspect) =>
        _counts.Keys.Where(k => k.Aspect == aspect).Select(k => k.Kind);

    private void Count(Aspect aspect, object kind, long number = 1) =>
        _counts[(aspect, kind)] = _counts.GetValueOrDefault((aspect, kind)) + number;

    /// <summary>
    /// Dtypes of the first result and the first source that is always memory; of the one that there is, twice.
    /// </summary>
    private static (DType, DType)? Pair(Operation operation)
    {
        var (written, read) = (Tiles(operation, OperandRole.Write), Tiles(operation, OperandRole.Read));
        if (written.Length + read.Length == 0) return null;
        return ((written.Length > 0 ? written : read)[0].DType, (read.Length > 0 ? read : written)[0].DType);
    }

    private static AccessPattern[] Tiles(Operation operation, OperandRole role) =>
    [
        .. operation.Info.Operands.Where(o => o.Role == role && o.Type != typeof(ScalarOperand))
            .SelectMany(o => Arguments.Patterns(o.Get(operation))),
    ];

    private static AccessPattern[] Operands(Operation operation, OperandRole role) =>
    [
        .. operation.Info.Operands.Where(o => o.Role == role)
            .SelectMany(o => Arguments.Patterns(o.Get(operation))),
    ];
}
