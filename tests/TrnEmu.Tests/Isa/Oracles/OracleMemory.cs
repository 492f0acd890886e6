using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>
/// Each tensor as one array of bytes: row-major in HBM, partition after partition elsewhere. Elements that have a
/// tolerance are remembered until someone asks what the machine made of them.
/// </summary>
internal sealed class OracleMemory(Program program, byte[][] bytes)
{
    private readonly Dictionary<(int Tensor, long Place), Band> _bands = [];

    /// <summary>The bytes of a tensor.</summary>
    public byte[] this[int tensor] => bytes[tensor];

    /// <summary>Elements that were written within a tolerance since <see cref="Settle"/>.</summary>
    public IReadOnlyDictionary<(int Tensor, long Place), Band> Bands => _bands;

    /// <summary>Bytes from one partition to the next; a whole HBM tensor is one.</summary>
    public long RowBytes(int tensor) =>
        program.Tensors[tensor].Space == MemorySpace.Hbm ? bytes[tensor].Length
            : program.Tensors[tensor].BytesPerPartition;

    public uint Load(int tensor, long place, int size)
    {
        uint bits = 0;
        for (var k = 0; k < size; k++) bits |= (uint)bytes[tensor][place + k] << 8 * k;
        return bits;
    }

    public void Store(int tensor, long place, int size, uint bits)
    {
        _bands.Remove((tensor, place));
        for (var k = 0; k < size; k++) bytes[tensor][place + k] = (byte)(bits >> 8 * k);
    }

    /// <summary>Stores the bits of a value between two bounds.</summary>
    public void Store(int tensor, long place, DType dtype, uint first, uint last)
    {
        Store(tensor, place, dtype.Size(), first);
        if (first != last) _bands.Add((tensor, place), new Band(dtype, first, last));
    }

    /// <summary>
    /// Takes the machine's choice of each element with a tolerance; the elements where it is outside.
    /// </summary>
    public List<(int Tensor, long Place)> Settle(Func<int, long, int, uint> machine)
    {
        var wrong = new List<(int, long)>();
        foreach (var ((tensor, place), band) in _bands.ToArray())
        {
            var bits = machine(tensor, place, band.DType.Size());
            if (band.Has(bits)) Store(tensor, place, band.DType.Size(), bits);
            else wrong.Add((tensor, place));
        }

        _bands.Clear();
        return wrong;
    }
}
