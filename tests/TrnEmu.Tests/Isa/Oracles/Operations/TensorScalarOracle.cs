using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>(data op0 operand0) op1 operand1 with one operand for each partition.</summary>
internal sealed class TensorScalarOracle : IOracle<TensorScalar>
{
    public void Run(TensorScalar operation, OracleMachine machine)
    {
        if (operation.Op0.IsBitwise()) Bits(operation, machine);
        else Arithmetic(operation, machine);
    }

    private static void Arithmetic(TensorScalar o, OracleMachine machine)
    {
        var (rows, free) = (o.Dst.Partitions, (int)o.Dst.Free);
        var (a, b) = (machine.Read(o.Operand0, rows), machine.Read(o.Operand1, rows));
        machine.Write(o.Dst, machine.Read(o.Data).Select((x, i) =>
            Alu.Chain(x, o.Op0, a[i / free], o.Reverse0, o.Op1, b[i / free], o.Reverse1)).ToArray());
    }

    private static void Bits(TensorScalar o, OracleMachine machine)
    {
        var free = (int)o.Dst.Free;
        var (a, b) = (Words(o.Operand0, o.Dst.Partitions, machine), Words(o.Operand1, o.Dst.Partitions, machine));
        machine.WriteBits(o.Dst, machine.ReadBits(o.Data).Select((x, i) =>
        {
            var first = Apply(o.Op0, x, a[i / free], o.Reverse0);
            return o.Op1 is { } op1 ? Apply(op1, first, b[i / free], o.Reverse1) : first;
        }).ToArray());
    }

    private static uint Apply(AluOp op, uint x, uint y, bool reverse) =>
        reverse && !op.IsUnary() ? Alu.Bits(op, y, x) : Alu.Bits(op, x, y);

    private static uint[] Words(ScalarOperand? operand, int rows, OracleMachine machine) =>
        operand?.Column is { } column
        ? machine.ReadBits(column)
        : [.. Enumerable.Repeat((uint)(long)(operand?.Immediate ?? 0), rows)];
}
