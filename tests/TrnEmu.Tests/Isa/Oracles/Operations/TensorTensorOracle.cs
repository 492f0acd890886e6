using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>
/// fp32 arithmetic, bits for bitwise operators, and exact 32-bit integers on GpSimd.
/// </summary>
internal sealed class TensorTensorOracle : IOracle<TensorTensor>
{
    public void Run(TensorTensor operation, OracleMachine machine)
    {
        var (dst, op) = (operation.Dst, operation.Op);
        var (x, y) = (machine.ReadBits(operation.Data1), machine.ReadBits(operation.Data2));
        if (op.IsBitwise())
        {
            machine.WriteBits(dst, [.. x.Zip(y, (a, b) => Alu.Bits(op, a, b))]);
        }
        else if (IsExact(operation, machine))
        {
            var isUnsigned = operation.Data1.DType == DType.UInt32 && operation.Data2.DType == DType.UInt32;
            machine.WriteBits(dst, [.. x.Zip(y, (a, b) => Alu.Integer(op, a, b, isUnsigned))]);
        }
        else
        {
            var (left, right) = (machine.Read(operation.Data1), machine.Read(operation.Data2));
            machine.Write(dst, left.Zip(right, (a, b) => Alu.Apply(op, a, b)).ToArray());
        }
    }

    private static bool IsExact(TensorTensor operation, OracleMachine machine)
    {
        AccessPattern[] all = [operation.Dst, operation.Data1, operation.Data2];
        return machine.Engine is Engine.GpSimd or Engine.None
            && all.All(p => p.DType is DType.Int32 or DType.UInt32 && machine.SpaceOf(p) == MemorySpace.Sbuf);
    }
}
