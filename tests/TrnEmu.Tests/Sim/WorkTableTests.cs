using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Numerics;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Tests.Sim;

public sealed class WorkTableTests
{
    /// <summary>By reflection, so that a field which somebody adds to an instruction is not forgotten.</summary>
    [Fact]
    public void Works_that_differ_in_any_field_have_numbers_of_their_own()
    {
        var table = new WorkTable();
        var plain = new Instruction(CostClass.Elementwise, 1, DType.Bf16, Rows: 1);
        var seen = new HashSet<int> { table.Add(Engine.Vector, 0, plain) };
        var constructor = typeof(Instruction).GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        var parameters = constructor.GetParameters();
        object[] values = [.. parameters.Select(p => typeof(Instruction).GetProperty(p.Name!)!.GetValue(plain)!)];
        for (var i = 0; i < parameters.Length; i++)
        {
            var (type, value) = (parameters[i].ParameterType, Convert.ToInt64(values[i]) + 2);
            object[] changed = [.. values];
            changed[i] = type.IsEnum ? Enum.ToObject(type, value) : Convert.ChangeType(value, type);
            var other = (Instruction)constructor.Invoke(changed);
            Assert.Equal(changed[i], typeof(Instruction).GetProperty(parameters[i].Name!)!.GetValue(other));
            Assert.True(seen.Add(table.Add(Engine.Vector, 0, other)), parameters[i].Name);
        }

        Assert.True(seen.Add(table.Add(Engine.Scalar, 0, plain)));
        Assert.True(seen.Add(table.Add(Engine.Vector, 1, plain)));
        Assert.False(seen.Add(table.Add(Engine.Vector, 0, plain)));
    }
}
