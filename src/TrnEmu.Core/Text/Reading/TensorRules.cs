using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Text.Reading;

/// <summary>Attributes that a tensor of a memory can have.</summary>
internal static class TensorRules
{
    /// <summary>Reports what does not go together; false when it reported.</summary>
    public static bool Check(LineReader line, Tensor tensor, int position)
    {
        var message = tensor.Space == MemorySpace.Hbm ? OfHbm(tensor) : OfChip(tensor);
        return message is null || line.Fail(TextCodes.Declaration, $"{tensor.Name} {message}", position);
    }

    private static string? OfHbm(Tensor tensor) =>
        tensor.Address is not null || tensor.IsPinned ? "is in HBM, addresses are for SBUF and PSUM" : null;

    private static string? OfChip(Tensor tensor)
    {
        if (tensor.Role != TensorRole.Internal)
            return $"is in {tensor.Space.Title()}, {RoleNames.Of(tensor.Role)} tensors must be in HBM";
        if (tensor.Partitions > Limits.Partitions)
        {
            return FormattableString.Invariant(
                $"has {tensor.Partitions} partitions, limit {Limits.Partitions} in {tensor.Space.Title()}");
        }

        return tensor.IsPinned && tensor.Address is null ? "is pinned, but has no address (@ partition:byte)" : null;
    }
}
