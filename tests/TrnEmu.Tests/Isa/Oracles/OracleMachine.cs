using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.OperationProperties;

namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>
/// A core that executes operations one element at a time over <see cref="OracleMemory"/>: what the documents say, in
/// the plainest code that says it.
/// </summary>
internal sealed class OracleMachine(
    Program program, int generation, OracleMemory memory, Arithmetic? arithmetic = null)
{
    private readonly OracleRounding _rounding = new(arithmetic ?? Arithmetic.Default);
    private readonly Places _places = new(program, memory);
    private long _operation = -1;

    public OracleMemory Memory => memory;

    public int Generation => generation;

    /// <summary>What the run chose of the arithmetic.</summary>
    public Arithmetic Arithmetic => arithmetic ?? Arithmetic.Default;

    /// <summary>Engine of the operation that is executed.</summary>
    public Engine Engine { get; private set; }

    /// <summary>The Scalar engine's accumulate registers: the bounds of each.</summary>
    public (float Low, float High)[] Sums { get; } = new (float, float)[Limits.Partitions];

    /// <summary>The Vector engine's accumulate registers.</summary>
    public VectorSums VectorSums => field ??= new VectorSums(this);

    /// <summary>The random generators.</summary>
    public RandomStates Random { get; } = new(generation);

    public Dictionary<int, int> Registers => _places.Registers;

    /// <summary>The entry that must be executed next.</summary>
    public int Next { get; set; }

    /// <summary>The loops around it, the inner ones last.</summary>
    public Stack<OracleLoop> Loops { get; } = [];

    /// <summary>What was seen by operations, for the table at the end.</summary>
    public ValueCounts Counts { get; } = new();

    /// <summary>Executes one operation by its oracle.</summary>
    /// <exception cref="OracleFault">The operation must fault.</exception>
    public void Step(in Entry entry)
    {
        Engine = entry.Engine;
        _places.Begin(Arguments.All(entry.Operation));
        Next++;
        _operation++;
        OracleTable.Run(entry.Operation, this);
    }

    /// <summary>The operations of the program, to find the end of a loop in.</summary>
    public IReadOnlyList<Operation> Operations { get; } = [.. program.Cores[0].Entries.Select(e => e.Operation)];

    /// <summary>The first byte of each element in the bytes of its tensor, in pattern order.</summary>
    public IReadOnlyList<long> PlacesOf(in AccessPattern p) => _places.Of(p);

    public MemorySpace SpaceOf(in AccessPattern p) => program.SpaceOf(p);

    /// <summary>The partition of SBUF or PSUM that a pattern starts at; its tensor begins at 0 without an address.</summary>
    public int LaneOf(in AccessPattern p) => (program.TensorOf(p).Address?.Partition ?? 0) + p.StartPartition;

    /// <summary>Every element widened to fp32, in pattern order.</summary>
    public float[] Read(in AccessPattern p)
    {
        var dtype = p.DType;
        float[] values = [.. ReadBits(p).Select(b => Numbers.Decode(dtype, b))];
        Counts.Read(dtype, values);
        return values;
    }

    /// <summary>Counts the values of an operand that is moved as bits.</summary>
    public void See(in AccessPattern p) => Read(p);

    /// <summary>The bits of every element, in pattern order.</summary>
    public uint[] ReadBits(AccessPattern p) =>
        [.. _places.Of(p).Select(place => memory.Load(p.Tensor, place, p.DType.Size()))];

    /// <summary>A constant, or the value of each partition's column; one for each partition.</summary>
    public float[] Read(in ScalarOperand? operand, int partitions, float absent = 0)
    {
        if (operand?.Column is { } column) return Read(column);
        var values = new float[partitions];
        Array.Fill(values, operand?.Value ?? absent);
        return values;
    }

    public void Write(AccessPattern p, IReadOnlyList<float> values) => Write(p, [.. values.Select(v => new[] { v })]);

    /// <summary>
    /// Writes one of several accepted values to each element, in pattern order; the pattern may be a row of an operand.
    /// </summary>
    public void Write(AccessPattern p, IReadOnlyList<float[]> accepted, int row = 0)
    {
        var places = _places.Of(p);
        Assert.Equal(places.Count, accepted.Count);
        for (var i = 0; i < places.Count; i++)
        {
            Counts.Wrote(p.DType, accepted[i][0]);
            var (low, high) = Bounds.Of(accepted[i]);
            memory.Store(p.Tensor, places[i], p.DType, Rounded(p, i, low, row), Rounded(p, i, high, row));
        }
    }

    /// <summary>The bits of a value that is written as element <paramref name="i"/> of a pattern.</summary>
    public uint Encode(in AccessPattern p, int i, double value)
    {
        Counts.Wrote(p.DType, (float)value);
        return Rounded(p, i, value, row: 0);
    }

    public void WriteBits(AccessPattern p, IReadOnlyList<uint> bits)
    {
        var places = _places.Of(p);
        Assert.Equal(places.Count, bits.Count);
        for (var i = 0; i < places.Count; i++) memory.Store(p.Tensor, places[i], p.DType.Size(), bits[i]);
    }

    /// <summary>
    /// dst = src element by element: bits between equal dtypes, else through fp32. dst may be a row of an operand.
    /// </summary>
    public void Copy(in AccessPattern dst, in AccessPattern src, int row = 0)
    {
        Counts.Read(src.DType, [.. ReadBits(src).Select(Decoder(src.DType))]);
        if (dst.DType == src.DType) WriteBits(dst, ReadBits(src));
        else Write(dst, [.. Read(src).Select(v => new[] { v })], row);
    }

    /// <summary>
    /// Row <paramref name="row"/> of a pattern as a pattern by itself; null when its index leads outside.
    /// </summary>
    public AccessPattern? Row(in AccessPattern p, int row) => _places.Row(p, row);

    /// <summary>True when the index of a pattern that moves as a whole leads outside.</summary>
    public bool IsOutside(in AccessPattern p) => _places.IsOutside(p);

    private uint Rounded(in AccessPattern p, int i, double value, int row)
    {
        var (partition, element) = Math.DivRem(i, (int)p.Free);
        return Numbers.Encode(p.DType, _rounding.Of(p.DType, value, _operation, row + partition, element));
    }

    private static Func<uint, float> Decoder(DType dtype) => bits => Numbers.Decode(dtype, bits);
}
