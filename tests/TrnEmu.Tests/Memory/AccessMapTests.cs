using FsCheck;
using FsCheck.Fluent;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using Property = TrnEmu.Tests.Support.Property;

namespace TrnEmu.Tests.Memory;

public sealed class AccessMapTests
{
    private static readonly Tensor Hbm = new(0, "h", MemorySpace.Hbm, DType.Fp32, [6, 24]);
    private static readonly Tensor Sbuf =
        new(0, "s", MemorySpace.Sbuf, DType.Fp32, [6, 24]) { Address = new Address(3, 8) };

    [Fact]
    public void Holds_what_a_table_of_all_bytes_holds_in_HBM() =>
        Property.ForAll(Accesses(Hbm), a => Same(a, Hbm), 200);

    [Fact]
    public void Holds_what_a_table_of_all_bytes_holds_in_SBUF() =>
        Property.ForAll(Accesses(Sbuf), a => Same(a, Sbuf), 200);

    [Fact]
    public void Equal_neighbours_are_joined()
    {
        var map = new AccessMap<int>();
        Store(map, new AccessRange(0, 10), 1);
        Store(map, new AccessRange(20, 30, 4, 8), 1);
        Store(map, new AccessRange(20, 30, 0, 4), 1);
        Assert.Equal(4, map.Segments);
        Store(map, new AccessRange(10, 20), 1);
        Store(map, new AccessRange(0, 20, 1, 8), 1);
        Assert.Equal(2, map.Segments);
        Store(map, new AccessRange(0, 30, 0, 8), 0);
        Assert.Equal(1, map.Segments);
    }

    private static Gen<(AccessPattern Pattern, int Value)[]> Accesses(Tensor tensor)
    {
        var one = from pattern in RandomPattern.In(tensor) from value in Gen.Choose(0, 4) select (pattern, value);
        return one.ArrayOf(30);
    }

    /// <summary>An access of value v makes bytes v; where 4 is stored it stays.</summary>
    private static void Same((AccessPattern Pattern, int Value)[] accesses, Tensor tensor)
    {
        var map = new AccessMap<int>();
        var table = new Dictionary<(int, long), int>();
        foreach (var (pattern, value) in accesses)
        {
            var visitor = new Store4(value, []);
            map.Apply(new AccessRuns(pattern, tensor), ref visitor);
            foreach (var key in PatternBytes.Of(pattern, tensor))
                table[key] = table.GetValueOrDefault(key) == 4 ? 4 : value;
        }

        var dump = new Store4(null, []);
        map.ApplyRange(new AccessRange(0, 2000, 0, 20), ref dump);
        Assert.NotEmpty(dump.Parts);
        foreach (var (part, value) in AllParts(map))
        {
            for (var p = part.FirstPartition; p < part.EndPartition; p++)
                for (var b = part.Start; b < part.End; b++) Assert.Equal(table.GetValueOrDefault((p, b)), value);
        }
    }

    /// <summary>Byte by byte, so that no part is left out as equal to the one before.</summary>
    private static IEnumerable<(AccessRange Part, int Value)> AllParts(AccessMap<int> map)
    {
        for (var b = 0; b < 700; b++)
        {
            var dump = new Store4(null, []);
            map.ApplyRange(new AccessRange(b, b + 1, 0, 12), ref dump);
            Assert.Equal(12, dump.Parts.Sum(p => p.Part.EndPartition - p.Part.FirstPartition));
            foreach (var part in dump.Parts) yield return part;
        }
    }

    private static void Store(AccessMap<int> map, AccessRange range, int value)
    {
        var visitor = new Store4(value, []);
        map.ApplyRange(range, ref visitor);
    }

    private readonly record struct Store4(int? Value, List<(AccessRange Part, int Value)> Parts) : IAccessVisitor<int>
    {
        public int Visit(in AccessRange part, int value)
        {
            Parts.Add((part, value));
            return value == 4 ? 4 : Value ?? value;
        }
    }
}
