namespace TrnEmu.Compiler.Importers.Onnx.Ops;

/// <summary>Einsum: diagonals are views, labels that one operand alone has are summed, and two operands are one batched
/// product.</summary>
internal static class EinsumOps
{
    private sealed record Term(Value Value, string Labels)
    {
        public int Extent(char label) => Value.Shape[Labels.IndexOf(label)];
    }

    [OnnxOp("Einsum")]
    private static void Einsum(OnnxNode n)
    {
        var parts = string.Concat(n.Word("equation", "").Where(c => !char.IsWhiteSpace(c))).Split("->");
        var names = parts[0].Split(',');
        if (parts.Length > 2 || names.Length != n.Count) throw new OnnxRefusal($"equation {n.Word("equation", "")} is not understood");
        var labels = names.Select((t, i) => Spelled(t, n[i].Rank)).ToList();
        var terms = labels.Select((l, i) => Diagonal(n.Emit, n[i], l)).ToList();
        var output = parts.Length == 2 ? Spelled(parts[1], Wide(terms) + parts[1].Replace("...", "").Length) : Implied(labels);
        var sum = terms[0];
        for (var i = 1; i <= terms.Count; i++)
        {
            var needed = output + string.Concat(terms.Skip(i + 1).Select(t => t.Labels));
            sum = i < terms.Count
                ? Multiplied(n.Emit, Summed(n.Emit, sum, needed + terms[i].Labels), Summed(n.Emit, terms[i], needed + sum.Labels), needed)
                : Summed(n.Emit, sum, output);
        }

        if (output.Distinct().Count() != output.Length || output.Any(l => !sum.Labels.Contains(l)))
            throw new OnnxRefusal($"the result {output} names an axis twice, or one that no operand has");
        n.Make(n.Emit.Transpose(sum.Value, [.. output.Select(l => sum.Labels.IndexOf(l))]));
    }

    /// <summary>The axes of an ellipsis are digits from the right: 0 the last.</summary>
    private static string Spelled(string term, int rank)
    {
        var at = term.IndexOf("...", StringComparison.Ordinal);
        var letters = term.Replace("...", "");
        var open = rank - letters.Length;
        if (open < 0 || open > 8 || (at < 0 && open > 0) || !letters.All(char.IsAsciiLetter))
            throw new OnnxRefusal($"{term} does not label {rank} axes");
        return at < 0 ? letters : letters[..at] + string.Concat(Shapes.Iota(open).Select(i => (char)('0' + open - 1 - i))) + letters[at..];
    }

    private static int Wide(List<Term> terms) => terms.Max(t => t.Labels.Count(char.IsAsciiDigit));

    /// <summary>The labels that occur once, a diagonal's not among them, in the order of the alphabet.</summary>
    private static string Implied(List<string> labels)
    {
        var all = string.Concat(labels);
        return string.Concat(all.Where(char.IsAsciiDigit).Distinct().OrderDescending())
            + string.Concat(all.Where(char.IsAsciiLetter).GroupBy(l => l).Where(g => g.Count() == 1).Select(g => g.Key).Order());
    }

    private static Term Diagonal(Emitter e, Value x, string labels)
    {
        var own = string.Concat(labels.Distinct());
        if (own.Length == labels.Length) return new Term(x, labels);
        var strides = Shapes.Strides(x.Shape);
        int[] shape = new int[own.Length], by = new int[own.Length];
        for (var d = 0; d < labels.Length; d++)
        {
            var i = own.IndexOf(labels[d]);
            if (shape[i] != 0 && shape[i] != x.Shape[d]) throw new OnnxRefusal($"label {labels[d]} has two extents in {x}");
            (shape[i], by[i]) = (x.Shape[d], by[i] + strides[d]);
        }

        return new Term(e.View(x, shape, by), own);
    }

    private static Term Summed(Emitter e, Term term, string needed)
    {
        int[] axes = [.. Shapes.Iota(term.Labels.Length).Where(d => !needed.Contains(term.Labels[d]))];
        if (axes.Length == 0) return term;
        var sum = e.Reduce("sum", term.Value, axes);
        int[] kept = [.. Shapes.Iota(term.Labels.Length).Where(d => !axes.Contains(d))];
        return new Term(e.Reshape(sum, [.. kept.Select(d => term.Value.Shape[d])]), string.Concat(kept.Select(d => term.Labels[d])));
    }

    private static Term Multiplied(Emitter e, Term a, Term b, string needed)
    {
        var both = string.Concat(a.Labels.Where(b.Labels.Contains));
        (a, b) = (Stretched(e, a, b, both), Stretched(e, b, a, both));
        var batch = string.Concat(both.Where(needed.Contains));
        var summed = string.Concat(both.Where(l => !needed.Contains(l)));
        var (left, right) = (string.Concat(a.Labels.Where(l => !both.Contains(l))), string.Concat(b.Labels.Where(l => !both.Contains(l))));
        var labels = batch + left + right;
        int[] shape = [.. labels.Select(l => a.Labels.Contains(l) ? a.Extent(l) : b.Extent(l))];
        var x = Grouped(e, a, batch, left, summed);
        var y = Grouped(e, b, batch, summed, right);
        var product = summed.Length == 0 ? e.Product(x, y) : e.MatMul(x, y);
        return new Term(e.Reshape(product, shape), labels);
    }

    /// <summary>Axes of extent 1 that the other operand has longer.</summary>
    private static Term Stretched(Emitter e, Term term, Term other, string both)
    {
        int[] shape = [.. term.Labels.Select(l => both.Contains(l) ? Math.Max(term.Extent(l), other.Extent(l)) : term.Extent(l))];
        if (shape.SequenceEqual(term.Value.Shape)) return term;
        return term with { Value = e.Expand(term.Value, Shapes.Broadcast(term.Value.Shape, shape)) };
    }

    private static Value Grouped(Emitter e, Term term, params string[] groups)
    {
        var order = string.Concat(groups);
        var value = e.Transpose(term.Value, [.. order.Select(l => term.Labels.IndexOf(l))]);
        return e.Reshape(value, [.. groups.Select(g => (int)Shapes.Count([.. g.Select(term.Extent)]))]);
    }
}
