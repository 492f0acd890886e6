namespace TrnEmu.Reports.Lanes;

/// <summary>Several sinks as one.</summary>
internal sealed class SliceSinks(params ISliceSink[] sinks) : ISliceSink
{
    /// <inheritdoc/>
    public void OnSlice(in Slice slice)
    {
        foreach (var sink in sinks) sink.OnSlice(slice);
    }

    /// <inheritdoc/>
    public void OnShare(int core, int entry, long bytes, long start, long end)
    {
        foreach (var sink in sinks) sink.OnShare(core, entry, bytes, start, end);
    }
}
