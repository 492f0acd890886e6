using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Dependences;

/// <summary>
/// The access maps of a program: one for each SBUF and PSUM, shared by the tensors that have an address there, and one
/// for each other tensor.
/// </summary>
/// <typeparam name="T">Value of the maps.</typeparam>
public sealed class MemoryMaps<T>(IProgram program)
{
    private readonly Dictionary<(int Core, MemorySpace Space), AccessMap<T>> _shared = [];
    private AccessMap<T>?[] _maps = new AccessMap<T>?[program.TensorCount];

    /// <summary>
    /// Shows the parts of a pattern to the visitor. A dynamic address is resolved through <paramref name="state"/>;
    /// without a state it is all of the tensor (on-chip: of the pattern's partitions). Rows that leave the tensor are
    /// left out: execution skips them or reports them.
    /// </summary>
    public void Apply<TVisitor>(in AccessPattern pattern, IDisplacements? state, ref TVisitor visitor)
        where TVisitor : IAccessVisitor<T>, allows ref struct
    {
        var tensor = program.TensorOf(pattern);
        if (!pattern.IsDynamic) Map(tensor).Apply(new AccessRuns(pattern, tensor), ref visitor);
        else if (state is null) Map(tensor).ApplyRange(Reach(pattern, tensor), ref visitor);
        else if (pattern.Dynamic.Kind == OffsetKind.Vector) ApplyRows(pattern, tensor, state, ref visitor);
        else if (pattern.IsIndirect) ApplyElements(pattern, tensor, state, ref visitor);
        else ApplyInside(pattern, tensor, state.Displacement(pattern, 0), ref visitor);
    }

    /// <summary>The map of a tensor.</summary>
    public AccessMap<T> Map(Tensor tensor)
    {
        if (tensor.Id >= _maps.Length) Array.Resize(ref _maps, Math.Max(program.TensorCount, 2 * _maps.Length));
        return _maps[tensor.Id] ??= tensor.Address is null ? new AccessMap<T>() : Shared(tensor);
    }

    /// <summary>A tensor begins anew; those with an address keep what is there.</summary>
    public void Forget(int tensor)
    {
        if (tensor < _maps.Length) _maps[tensor] = null;
    }

    private AccessMap<T> Shared(Tensor tensor)
    {
        var key = (tensor.Core, tensor.Space);
        if (!_shared.TryGetValue(key, out var map)) _shared.Add(key, map = new AccessMap<T>());
        return map;
    }

    private void ApplyRows<TVisitor>(in AccessPattern pattern, Tensor tensor, IDisplacements state, ref TVisitor visitor)
        where TVisitor : IAccessVisitor<T>, allows ref struct
    {
        for (var row = 0; row < pattern.Partitions; row++)
        {
            var one = pattern with
            {
                Partitions = 1,
                StartPartition = tensor.Space == MemorySpace.Hbm ? 0 : pattern.StartPartition + row,
            };
            ApplyInside(one, tensor, state.Displacement(pattern, row), ref visitor);
        }
    }

    private void ApplyElements<TVisitor>(in AccessPattern pattern, Tensor tensor, IDisplacements state, ref TVisitor visitor)
        where TVisitor : IAccessVisitor<T>, allows ref struct
    {
        for (var row = 0; row < pattern.Partitions; row += pattern.Dynamic.Group)
        {
            var column = pattern with
            {
                StartPartition = pattern.StartPartition + row,
                Partitions = pattern.Dynamic.Group,
                Count3 = 1,
            };
            for (var i = 0; i < pattern.Free; i++)
                ApplyInside(column, tensor, state.Displacement(pattern, row, i), ref visitor);
        }
    }

    private void ApplyInside<TVisitor>(
        in AccessPattern pattern, Tensor tensor, long displacement, ref TVisitor visitor)
        where TVisitor : IAccessVisitor<T>, allows ref struct
    {
        var runs = new AccessRuns(pattern, tensor, displacement);
        var whole = Reach(pattern, tensor);
        if (runs.First >= whole.Start && runs.End <= whole.End) Map(tensor).Apply(runs, ref visitor);
    }

    internal static AccessRange Reach(in AccessPattern pattern, Tensor tensor)
    {
        if (tensor.Space == MemorySpace.Hbm) return new AccessRange(0, tensor.Bytes);
        long start = tensor.Address?.Byte ?? 0;
        var first = pattern.StartPartition + (tensor.Address?.Partition ?? 0);
        return new AccessRange(start, start + tensor.BytesPerPartition, first, first + pattern.Partitions);
    }
}
