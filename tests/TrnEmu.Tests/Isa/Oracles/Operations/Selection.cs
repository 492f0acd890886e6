using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>
/// Elements of a tile where a condition holds, fp32 values elsewhere. The elements keep their bits where the
/// destination has their dtype, as copies do; all else is rounded from fp32.
/// </summary>
internal sealed class Selection(OracleMachine machine, AccessPattern data, bool[] isTrue, float[] others)
{
    private readonly float[] _elements = machine.Read(data);
    private readonly uint[] _bits = machine.ReadBits(data);

    /// <summary>Gives the values of each row to the accumulate registers.</summary>
    public void Reduce(ReduceCommand command, AluOp op)
    {
        var free = (int)data.Free;
        for (var row = 0; row < data.Partitions; row++)
        {
            var values = Enumerable.Range(row * free, free).Select(i => new[] { Value(i) });
            machine.VectorSums.Take(data, row, command, op, values);
        }
    }

    public void Write(AccessPattern dst)
    {
        var isSame = dst.DType == data.DType;
        machine.WriteBits(dst, [.. isTrue.Select((yes, i) =>
            yes && isSame ? _bits[i] : machine.Encode(dst, i, Value(i)))]);
    }

    private float Value(int i) => isTrue[i] ? _elements[i] : others[i];
}
