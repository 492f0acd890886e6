namespace TrnEmu.Tests.Compiler.Importers.Onnx.Oracles;

/// <summary>A tensor of plain numbers, read and made by index: what the oracles compute with.</summary>
internal sealed class Nd(int[] shape, double[] values)
{
    public Nd(params int[] shape)
        : this(shape, new double[Count(shape)])
    {
    }

    /// <summary>Extents.</summary>
    public int[] Shape => shape;

    /// <summary>The elements, row-major.</summary>
    public double[] Values => values;

    /// <summary>Number of dimensions.</summary>
    public int Rank => shape.Length;

    /// <summary>The element at an index.</summary>
    public double this[params int[] index]
    {
        get => values[Place(index)];
        set => values[Place(index)] = value;
    }

    /// <summary>The tensor whose elements are a function of their index.</summary>
    public static Nd Make(int[] shape, Func<int[], double> element)
    {
        var made = new Nd(shape);
        foreach (var index in Indices(shape)) made[index] = element(index);
        return made;
    }

    /// <summary>All indices of a shape, the last running fastest.</summary>
    public static IEnumerable<int[]> Indices(int[] shape)
    {
        for (var i = 0; i < Count(shape); i++)
        {
            var index = new int[shape.Length];
            for (var (d, rest) = (shape.Length - 1, i); d >= 0; rest /= shape[d--]) index[d] = rest % shape[d];
            yield return index;
        }
    }

    /// <summary>Product of extents.</summary>
    public static int Count(int[] shape) => shape.Aggregate(1, static (n, extent) => n * extent);

    /// <summary>A function of each element.</summary>
    public Nd Map(Func<double, double> function) => new(shape, Array.ConvertAll(values, v => function(v)));

    /// <summary>The same elements in another shape.</summary>
    public Nd As(params int[] other) => new(other, values);

    /// <summary>A function of elements of two tensors, broadcast from the last dimension on.</summary>
    public static Nd Zip(Nd a, Nd b, Func<double, double, double> function)
    {
        var joined = new int[Math.Max(a.Rank, b.Rank)];
        for (var d = 0; d < joined.Length; d++)
            joined[d] = Math.Max(Extent(a, d - joined.Length + a.Rank), Extent(b, d - joined.Length + b.Rank));
        return Make(joined, i => function(a.Broadcast(i), b.Broadcast(i)));
    }

    /// <summary>The element that broadcasting puts at an index of a larger shape.</summary>
    public double Broadcast(int[] index)
    {
        var own = index[^shape.Length..];
        for (var d = 0; d < own.Length; d++)
            if (shape[d] == 1) own[d] = 0;
        return this[own];
    }

    private static int Extent(Nd tensor, int dimension) => dimension < 0 ? 1 : tensor.Shape[dimension];

    private int Place(int[] index)
    {
        var place = 0;
        for (var d = 0; d < shape.Length; d++)
        {
            if (index[d] < 0 || index[d] >= shape[d]) throw new ArgumentOutOfRangeException(nameof(index));
            place = place * shape[d] + index[d];
        }

        return place;
    }
}
