using FsCheck.Fluent;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Numerics;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Tests.Sim;

public sealed class RecipeTableTests
{
    private static readonly Instruction Plain = new(CostClass.Elementwise, 1, DType.Bf16, Rows: 1);

    /// <summary>By reflection, so that a field which somebody adds to an instruction is not forgotten.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Recipes_that_differ_in_any_field_of_an_instruction_have_numbers_of_their_own(int place)
    {
        var table = new RecipeTable();
        var seen = new HashSet<int> { table.Add(Engine.Vector, 0, [Plain, Plain, Plain]) };
        var constructor = typeof(Instruction).GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        var parameters = constructor.GetParameters();
        object[] values = [.. parameters.Select(p => typeof(Instruction).GetProperty(p.Name!)!.GetValue(Plain)!)];
        for (var i = 0; i < parameters.Length; i++)
        {
            var (type, value) = (parameters[i].ParameterType, Convert.ToInt64(values[i]) + 2);
            object[] changed = [.. values];
            changed[i] = type.IsEnum ? Enum.ToObject(type, value) : Convert.ChangeType(value, type);
            Instruction[] instructions = [Plain, Plain, Plain];
            instructions[place] = (Instruction)constructor.Invoke(changed);
            Assert.True(seen.Add(table.Add(Engine.Vector, 0, instructions)), parameters[i].Name);
        }

        Assert.True(seen.Add(table.Add(Engine.Scalar, 0, [Plain, Plain, Plain])));
        Assert.True(seen.Add(table.Add(Engine.Vector, 1, [Plain, Plain, Plain])));
        Assert.True(seen.Add(table.Add(Engine.Vector, 0, [Plain, Plain])));
        Assert.False(seen.Add(table.Add(Engine.Vector, 0, [Plain, Plain, Plain])));
    }

    /// <summary>Against dictionaries of whole recipes and works, with more of them than a new table has room for.</summary>
    [Fact]
    public void Numbers_and_counts_are_those_of_dictionaries()
    {
        var instruction = Gen.Choose(0, 5).Select(items => new Instruction(
            CostClass.ActivateTable, items, DType.Bf16, Table: (byte)(items % 3)));
        var recipe =
            from engine in Gen.Elements(Engine.Vector, Engine.Scalar)
            from table in Gen.Choose(0, 2)
            from instructions in instruction.NonEmptyListOf()
            select (Engine: engine, Table: (byte)table, Instructions: instructions.Take(3).ToArray());
        Support.Property.ForAll(recipe.ArrayOf(300), recipes =>
        {
            var table = new RecipeTable();
            var numbers = new Dictionary<string, int>();
            var works = new Dictionary<Work, int>();
            var counts = new List<int>();
            foreach (var (engine, loaded, instructions) in recipes)
            {
                var name = $"{engine} {loaded} {string.Join(' ', instructions)}";
                if (!numbers.TryGetValue(name, out var number)) numbers.Add(name, number = numbers.Count);
                Assert.Equal(number, table.Add(engine, loaded, instructions));
                var before = loaded;
                foreach (var one in instructions)
                {
                    var work = new Work(engine, before, one);
                    if (works.TryAdd(work, works.Count)) counts.Add(0);
                    counts[works[work]]++;
                    if (one.Table != 0) before = one.Table;
                }

                Assert.Equal(before, table[number].TableAfter);
            }

            Assert.Equal(works.Keys, table.Works);
            Assert.Equal(counts, table.WorkCounts());
        });
    }
}
