using System.Runtime.CompilerServices;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Dependences.Proofs;

/// <summary>The maps of a program's tensors: one for SBUF and one for PSUM, one for each other tensor.</summary>
internal sealed class MemoryPlaces(Program program, CellTable cells)
{
    private const int ChipBytes = 1 << 18;
    private const int MostBytes = 1 << 16;
    private readonly TensorPlace[] _places = new TensorPlace[program.Tensors.Count];
    private BoxMap? _sbuf;
    private BoxMap? _psum;

    /// <summary>A tensor's place.</summary>
    public ref TensorPlace this[int tensor]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ref var place = ref _places[tensor];
            if (place.Traits == PlaceTraits.None) Find(program.Tensors[tensor], ref place);
            return ref place;
        }
    }

    /// <summary>The map of a tensor in HBM, or of one on the chip that has no address yet.</summary>
    public BoxMap MapOf(Tensor tensor)
    {
        var (bytes, rows) = tensor.Space == MemorySpace.Hbm ? Rows(tensor) : (tensor.BytesPerPartition, Limits.Partitions);
        return new BoxMap(cells, checked((int)bytes), checked((int)rows));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Find(Tensor tensor, ref TensorPlace place)
    {
        place.Traits = PlaceTraits.Known;
        if (tensor.Role is TensorRole.Input or TensorRole.InOut or TensorRole.Constant) place.Traits |= PlaceTraits.Given;
        if (tensor.Role is TensorRole.Input or TensorRole.Constant) place.Traits |= PlaceTraits.Constant;
        if (tensor.Space == MemorySpace.Hbm)
        {
            place.Traits |= PlaceTraits.Hbm;
            return;
        }

        if (tensor.Address is not { } address)
        {
            place.Map = MapOf(tensor);
            return;
        }

        (place.Partition, place.Byte) = (address.Partition, address.Byte);
        ref var map = ref tensor.Space == MemorySpace.Psum ? ref _psum : ref _sbuf;
        place.Map = map ??= new BoxMap(cells, ChipBytes, Limits.Partitions);
    }

    /// <summary>
    /// Bytes of a row and number of rows of an HBM tensor: rows as transfers see them, of its last extent, unless these
    /// are very long. Any length is right; one that fits makes few boxes of a transfer.
    /// </summary>
    private static (long Bytes, long Rows) Rows(Tensor tensor)
    {
        var row = tensor.Bytes / tensor.Elements * tensor.Shape[^1];
        if (row > MostBytes) row = MostBytes;
        return (row, (tensor.Bytes + row - 1) / row);
    }
}
