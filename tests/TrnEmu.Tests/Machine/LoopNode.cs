using FsCheck;
using FsCheck.Fluent;

namespace TrnEmu.Tests.Machine;

/// <summary>
/// A statement of a random kernel with loops. Rows and limits are named by a constant, or by the register of a loop
/// around the statement (its depth).
/// </summary>
internal abstract record LoopNode
{
    /// <summary>Rows of the table.</summary>
    public const int Rows = 8;

    /// <summary>Columns of the table.</summary>
    public const int Columns = 6;

    /// <summary>Statements of a kernel, up to three loops deep.</summary>
    public static Arbitrary<LoopNode[]> Kernels { get; } = Arb.From(Statements(0), Smaller);

    /// <summary>sum += rows[row].</summary>
    public sealed record AddRow(Place Row) : LoopNode;

    /// <summary>rows[row] = sum.</summary>
    public sealed record StoreSum(Place Row) : LoopNode;

    /// <summary>rows[to] = rows[from] + rows[from], through tensors that the body makes.</summary>
    public sealed record Double(Place From, Place To) : LoopNode;

    /// <summary>limits[row] = the register of a loop.</summary>
    public sealed record StoreRegister(Place Row, int Depth) : LoopNode;

    /// <summary>For each i from start; stop is limits[limit], or a constant below 0 as ~constant.</summary>
    public sealed record For(int Start, int Limit, int Step, bool Overwrites, LoopNode[] Body) : LoopNode;

    /// <summary>While limits[limit] is not 0; the body ends with limits[limit] -= 1.</summary>
    public sealed record While(int Limit, LoopNode[] Body) : LoopNode;

    /// <summary>A constant, or the register of the loop at a depth.</summary>
    public readonly record struct Place(int Constant, int Depth);

    private static Gen<LoopNode[]> Statements(int depth) =>
        Gen.Choose(1, depth == 0 ? 5 : 3).SelectMany(n => Statement(depth).ArrayOf(n));

    private static Gen<LoopNode> Statement(int depth)
    {
        var index = Indices(depth);
        var simple = Gen.OneOf(
            index.Select(LoopNode (i) => new AddRow(i)),
            index.Select(LoopNode (i) => new StoreSum(i)),
            Gen.Zip(index, index).Select(LoopNode (t) => new Double(t.Item1, t.Item2)),
            Gen.Zip(index, Gen.Choose(0, Math.Max(0, depth - 1)))
                .Select(LoopNode (t) => depth == 0 ? new AddRow(t.Item1) : new StoreRegister(t.Item1, t.Item2)));
        if (depth == 3) return simple;
        var loop = from start in Gen.Choose(0, 2)
                   from limit in Gen.Choose(-Rows, Rows - 1)
                   from step in Gen.Choose(1, 3)
                   from overwrites in Gen.Elements(true, false)
                   from body in Statements(depth + 1)
                   select (LoopNode)new For(start, limit, step, overwrites, body);
        var repeat = from limit in Gen.Choose(0, Rows - 1)
                     from body in Statements(depth + 1)
                     select (LoopNode)new While(limit, body);
        return Gen.Frequency((3, simple), (2, loop), (1, repeat));
    }

    private static Gen<Place> Indices(int depth) =>
        from constant in Gen.Choose(0, Rows - 1)
        from at in Gen.Choose(-1, depth - 1)
        select new Place(constant, at);

    private static IEnumerable<LoopNode[]> Smaller(LoopNode[] body)
    {
        for (var i = 0; i < body.Length; i++)
        {
            yield return [.. body[..i], .. body[(i + 1)..]];
            var inner = body[i] switch
            {
                For loop => Smaller(loop.Body).Select(LoopNode (b) => loop with { Body = b }),
                While loop => Smaller(loop.Body).Select(LoopNode (b) => loop with { Body = b }),
                _ => [],
            };
            foreach (var smaller in inner) yield return [.. body[..i], smaller, .. body[(i + 1)..]];
        }
    }
}
