using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>The constant reaches float dtypes as an fp32 immediate (Elementwise.Fill), integers as it is.</summary>
internal sealed class MemsetOracle : IOracle<Memset>
{
    public void Run(Memset operation, OracleMachine machine)
    {
        var dtype = operation.Dst.DType;
        var value = dtype.IsInteger() ? operation.Value : (float)operation.Value;
        machine.WriteBits(operation.Dst,
            [.. Enumerable.Range(0, (int)operation.Dst.Elements).Select(i => machine.Encode(operation.Dst, i, value))]);
    }
}
