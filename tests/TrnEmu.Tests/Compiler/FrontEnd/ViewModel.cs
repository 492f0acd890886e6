namespace TrnEmu.Tests.Compiler.FrontEnd;

/// <summary>What a view is, plainly: a shape and the address of every element in row-major order.</summary>
internal sealed record ViewModel(int[] Shape, long[] Addresses)
{
    public static ViewModel Of(int[] shape, Func<int[], long> address) => new(shape, [.. Points(shape).Select(address)]);

    public ViewModel Slice(int dimension, int start, int length) =>
        Of([.. Shape.Select((n, i) => i == dimension ? length : n)], x => this[With(x, dimension, x[dimension] + start)]);

    public ViewModel Drop(int dimension, int index) =>
        Of([.. Shape.Where((_, i) => i != dimension)], x => this[[.. x[..dimension], index, .. x[dimension..]]]);

    public ViewModel Permute(int[] order) =>
        Of([.. order.Select(i => Shape[i])], x => this[[.. Enumerable.Range(0, x.Length).Select(i => x[Array.IndexOf(order, i)])]]);

    public ViewModel Reshape(int[] shape) => new(shape, Addresses);

    public ViewModel Broadcast(int dimension, int count) =>
        Of([.. Shape.Select((n, i) => i == dimension ? count : n)], x => this[With(x, dimension, 0)]);

    private long this[int[] point]
    {
        get
        {
            long index = 0;
            for (var i = 0; i < Shape.Length; i++) index = index * Shape[i] + point[i];
            return Addresses[index];
        }
    }

    private static int[] With(int[] point, int dimension, int value)
    {
        int[] copy = [.. point];
        copy[dimension] = value;
        return copy;
    }

    /// <summary>All index tuples of a shape, the last index fastest.</summary>
    private static IEnumerable<int[]> Points(int[] shape)
    {
        if (shape.Length == 0) return [[]];
        return Enumerable.Range(0, shape[0]).SelectMany(i => Points(shape[1..]).Select(rest => (int[])[i, .. rest]));
    }
}
