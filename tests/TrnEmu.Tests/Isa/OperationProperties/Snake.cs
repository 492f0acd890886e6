using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>
/// Gives operands that may be indirect an index for each element, within the bytes of their tensors; a destination's
/// indices are all different. Verification decides whether that is legal.
/// </summary>
internal static class Snake
{
    private const int FirstGeneration = 4;

    /// <summary>Ends the name of the scales of an operand, which go by its indices.</summary>
    private const string Scale = "_scale";

    public static Operation Of(Draw draw, Operation operation)
    {
        var operands = operation.Info.Operands;
        int[] candidates = [.. Enumerable.Range(0, operands.Count)
            .Where(i => operands[i].Indirect && !operands[i].Name.EndsWith(Scale, StringComparison.Ordinal)
                && Arguments.Pattern(operands[i].Get(operation)) is { IsDynamic: false })];
        if (draw.Generation < FirstGeneration || candidates.Length == 0) return operation;
        var group = operation.Info.Attribute.Engines == Engines.Tensor ? 32 : 16;
        var anchor = Start(draw, PatternOf(operation, candidates.First(i => operands[i].Role == OperandRole.Read)));
        var only = !draw.Chance(50) ? -1 : draw.Chance(50) ? candidates[0] : draw.Of(candidates);
        foreach (var i in candidates)
        {
            if (only >= 0 && i != only) continue;
            var p = PatternOf(operation, i);
            if (p.Partitions % group != 0 || (only < 0 && !draw.Chance(60))) continue;
            var isWrite = operands[i].Role == OperandRole.Write;
            var scale = Array.FindIndex([.. operands], o => o.Name == operands[i].Name + Scale);
            AccessPattern? scales = scale < 0 ? null : PatternOf(operation, scale);
            if (Indirect(draw, p, scales, group, isWrite ? anchor : Start(draw, p), isWrite) is not { } changed) continue;
            operation = Arguments.With(operation, i, changed);
            if (scales is { } s && s.Partitions % group == 0)
                operation = Arguments.With(operation, scale, Through(s with { Offset = 0 }, changed.Dynamic));
        }

        return operation;
    }

    /// <summary>The pattern with indices that are inside its tensor, and inside that of its scales where it has some.</summary>
    private static AccessPattern? Indirect(
        Draw draw, AccessPattern p, AccessPattern? scales, int group, int start, bool isDistinct)
    {
        var (free, size) = ((int)p.Free, p.DType.Size());
        var room = draw.Tensors[p.Tensor].BytesPerPartition;
        var lead = draw.Int(0, (int)Math.Min(7, Math.Max(0, room - (long)free * size)));
        var stride = draw.Chance(80) ? 1 : 2;
        var places = (int)((room - lead - size) / (size * stride)) + 1;
        if (scales is { } s) places = Math.Min(places, (int)((draw.Tensors[s.Tensor].BytesPerPartition - 1) / stride) + 1);
        if ((isDistinct && places < free) || start + p.Partitions > Limits.Partitions) return null;
        var columns = (free + group - 1) / group;
        var indices = new uint[(start + p.Partitions) * columns];
        for (var first = 0; first < p.Partitions; first += group)
        {
            var all = Enumerable.Range(0, places).ToArray();
            draw.Random.Shuffle(all);
            for (var i = 0; i < free; i++)
                indices[(start + first + i % group) * columns + i / group] =
                    (uint)(isDistinct ? all[i] : draw.Int(0, places - 1));
        }

        var index = draw.Words(start + p.Partitions, columns, indices);
        return Through(p with { Offset = lead }, new DynamicOffset(OffsetKind.Indirect, index, start, 0, stride, group));
    }

    /// <summary>One level of as many elements, each by its index.</summary>
    private static AccessPattern Through(in AccessPattern p, DynamicOffset dynamic) => p with
    {
        Count0 = 1,
        Count1 = 1,
        Count2 = 1,
        Count3 = (int)p.Free,
        Stride0 = 0,
        Stride1 = 0,
        Stride2 = 0,
        Stride3 = 1,
        Dynamic = dynamic,
    };

    private static AccessPattern PatternOf(Operation operation, int position) =>
        Arguments.Pattern(operation.Info.Operands[position].Get(operation))!.Value;

    private static int Start(Draw draw, in AccessPattern p) =>
        p.StartPartition + draw.Tensors[p.Tensor].Address!.Value.Partition;
}
