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
        foreach (var property in typeof(Instruction).GetProperties())
        {
            object other = plain;
            var value = Convert.ToInt64(property.GetValue(other)) + 2;
            var type = property.PropertyType;
            property.SetValue(other, type.IsEnum ? Enum.ToObject(type, value) : Convert.ChangeType(value, type));
            Assert.True(seen.Add(table.Add(Engine.Vector, 0, (Instruction)other)), property.Name);
        }

        Assert.True(seen.Add(table.Add(Engine.Scalar, 0, plain)));
        Assert.True(seen.Add(table.Add(Engine.Vector, 1, plain)));
        Assert.False(seen.Add(table.Add(Engine.Vector, 0, plain)));
    }
}
