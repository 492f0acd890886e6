namespace TrnEmu.Compiler.Importers.Onnx.Ops;

/// <summary>Parts, repetitions and unions of tensors.</summary>
internal static class MoveOps
{
    [OnnxOp("Concat")]
    private static void Concat(OnnxNode n) =>
        n.Make(n.Emit.Concat(n.All, Shapes.Axis(n.Int("axis", n.Opset < 4 ? 1 : 0), n[0].Rank)));

    [OnnxOp("Split")]
    private static void Split(OnnxNode n)
    {
        var axis = Shapes.Axis(n.Int("axis", 0), n[0].Rank);
        var extent = n[0].Shape[axis];
        var parts = n.IntsOrOperand("split", 1);
        if (parts is null)
        {
            var count = (int)Math.Clamp(n.Int("num_outputs", n.OutputCount), 1, n.OutputCount);
            var each = (extent + count - 1) / count;
            parts = [.. Shapes.Iota(count).Select(i => (long)Math.Clamp(extent - (long)i * each, 0, each))];
        }

        if (parts.Length < n.OutputCount || parts.Any(p => p < 0) || parts.Aggregate((Int128)0, (s, p) => s + p) != extent)
            throw new OnnxRefusal($"split is [{string.Join(',', parts.Take(16))}], expected parts of {extent}");
        var start = 0;
        for (var i = 0; i < n.OutputCount; i++)
        {
            n.Make(n.Emit.Part(n[0], axis, start, (int)parts[i]), i);
            start += (int)parts[i];
        }
    }

    [OnnxOp("Slice")]
    private static void Slice(OnnxNode n)
    {
        var x = n[0];
        var isOld = n.Opset < 10;
        var starts = isOld ? n.Needed("starts") : n.KnownInts(1, "starts");
        var ends = isOld ? n.Needed("ends") : n.KnownInts(2, "ends");
        var axes = (isOld ? n.Ints("axes") : n.Has(3) ? n.KnownInts(3, "axes") : null)
            ?? [.. Shapes.Iota(starts.Length).Select(a => (long)a)];
        var steps = !isOld && n.Has(4) ? n.KnownInts(4, "steps") : [.. starts.Select(_ => 1L)];
        int[] from = new int[x.Rank], counts = [.. x.Shape], by = [.. x.Shape.Select(_ => 1)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length)
            throw new OnnxRefusal($"starts, ends, axes and steps differ in length");
        for (var i = 0; i < starts.Length; i++)
        {
            var axis = Shapes.Axis(axes[i], x.Rank);
            if (steps[i] == 0) throw new OnnxRefusal($"a step is 0");
            (from[axis], counts[axis], by[axis]) = Limits(x.Shape[axis], starts[i], ends[i], steps[i]);
        }

        n.Make(n.Emit.Slice(x, from, counts, by));
    }

    [OnnxOp("Expand")]
    private static void Expand(OnnxNode n) => n.Make(
        n.Emit.Expand(n[0], Shapes.Broadcast(n[0].Shape, ConstantOps.Extents(n.KnownInts(1, "the shape")))));

    [OnnxOp("Tile")]
    private static void Tile(OnnxNode n)
    {
        var (x, repeats) = (n[0], ConstantOps.Extents(n.KnownInts(1, "repeats")));
        if (repeats.Length != x.Rank) throw new OnnxRefusal($"{repeats.Length} repeats for {x}");
        for (var d = 0; d < repeats.Length; d++)
        {
            if (repeats[d] == 1) continue;
            int[] apart = [.. x.Shape[..d], 1, .. x.Shape[d..]], wide = [.. x.Shape[..d], repeats[d], .. x.Shape[d..]];
            int[] together = [.. x.Shape];
            together[d] = checked(x.Shape[d] * repeats[d]);
            x = n.Emit.Reshape(n.Emit.Expand(n.Emit.Reshape(x, apart), wide), together);
        }

        n.Make(x);
    }

    [OnnxOp("Pad")]
    private static void Pad(OnnxNode n)
    {
        var x = n[0];
        var pads = n.Opset < 11 ? n.Needed("pads") : n.KnownInts(1, "pads");
        var axes = n.Has(3) ? n.KnownInts(3, "axes").Select(a => Shapes.Axis(a, x.Rank)).ToArray() : Shapes.Iota(x.Rank);
        if (pads.Length != 2 * axes.Length || pads.Any(p => Int128.Abs(p) > int.MaxValue / 4))
            throw new OnnxRefusal($"{pads.Length} pads for {axes.Length} axes of {x}, or a pad beyond {int.MaxValue / 4}");
        int[] before = new int[x.Rank], after = new int[x.Rank];
        for (var i = 0; i < axes.Length; i++)
            (before[axes[i]], after[axes[i]]) = ((int)pads[i], (int)pads[i + axes.Length]);
        var mode = n.Word("mode", "constant");
        if (mode != "constant") n.Make(Mirrored(n, before, after, mode));
        else n.Make(n.Emit.Pad(x, before, after, Filling(n)));
    }

    private static double Filling(OnnxNode n)
    {
        if (n.Opset < 11) return n.Number("value", 0);
        return n.Has(2) ? n.Known(2, "the value")[0] : 0;
    }

    private static Value Mirrored(OnnxNode n, int[] before, int[] after, string mode)
    {
        var x = n[0];
        for (var d = 0; d < x.Rank; d++)
        {
            var extent = x.Shape[d];
            if (before[d] == 0 && after[d] == 0) continue;
            int[] ids = [.. Enumerable.Range(-before[d], before[d] + extent + after[d]).Select(i => mode switch
            {
                "edge" => Math.Clamp(i, 0, extent - 1),
                "wrap" => (i % extent + extent) % extent,
                "reflect" => extent == 1 ? 0 : Reflected(i, extent),
                _ => throw new OnnxRefusal($"mode is {mode}, expected constant, edge, reflect or wrap"),
            })];
            x = GatherOps.Take(n.Emit, x, d, n.Emit.Integers([ids.Length], ids.Select(i => (long)i)));
        }

        return x;
    }

    private static int Reflected(int i, int extent)
    {
        var period = 2 * (extent - 1);
        var place = (i % period + period) % period;
        return place < extent ? place : period - place;
    }

    private static (int Start, int Count, int Step) Limits(int extent, long start, long end, long step)
    {
        if (extent == 0) return (0, 0, 1);
        if (start < 0) start += extent;
        if (end < 0) end += extent;
        start = step > 0 ? Math.Clamp(start, 0, extent) : Math.Clamp(start, 0, extent - 1);
        end = step > 0 ? Math.Clamp(end, 0, extent) : Math.Clamp(end, -1, extent - 1);
        step = Math.Clamp(step, -extent, extent);
        var count = step > 0 ? (end - start + step - 1) / step : (start - end - step - 1) / -step;
        return ((int)start, (int)Math.Max(count, 0), (int)step);
    }
}
