namespace TrnEmu.Compiler.Importers.Onnx.Ops;

/// <summary>The windows of a convolution or pool over the axes after the first two.</summary>
internal sealed class Windows
{
    /// <summary>Reads the attributes.</summary>
    /// <param name="n">The node; its first operand is [N, C, ...].</param>
    /// <param name="kernel">Extents of a window.</param>
    public Windows(OnnxNode n, int[] kernel)
    {
        var rank = n[0].Rank - 2;
        if (rank < 1 || kernel.Length != rank || kernel.Any(k => k < 1))
            throw new OnnxRefusal($"a window of [{string.Join(',', kernel)}] over {n[0]}");
        (Kernel, Strides, Dilations) = (kernel, n.Int32s("strides", rank, 1), n.Int32s("dilations", rank, 1));
        var pads = n.Int32s("pads", 2 * rank, 0);
        if (Strides.Concat(Dilations).Any(v => v < 1) || pads.Any(p => p is < 0 or > 1 << 20))
            throw new OnnxRefusal($"strides, dilations or pads out of range");
        (Before, After, Counts) = (pads[..rank], pads[rank..], new int[rank]);
        for (var d = 0; d < rank; d++)
            Fit(d, n[0].Shape[d + 2], n.Word("auto_pad", "NOTSET"), n.Int("ceil_mode", 0) != 0);
        if (Counts.Any(c => c < 1)) throw new OnnxRefusal($"no window fits into {n[0]}");
    }

    /// <summary>Extents of a window.</summary>
    public int[] Kernel { get; }

    /// <summary>Steps between windows.</summary>
    public int[] Strides { get; }

    /// <summary>Steps inside a window.</summary>
    public int[] Dilations { get; }

    /// <summary>Padding before.</summary>
    public int[] Before { get; }

    /// <summary>Padding after, as the model asks for; windows of ceil mode may end beyond it.</summary>
    public int[] After { get; }

    /// <summary>Windows along each axis.</summary>
    public int[] Counts { get; }

    /// <summary>The windows of x[N, C, ...] padded with a value, as [N * C / channels, channels, kernel..., counts...]
    /// or with counts before the kernel.</summary>
    public Value Patches(Emitter e, Value x, int channels, double value, bool kernelFirst)
    {
        var extra = After.Select((a, d) => Math.Max(Span(d) - x.Shape[d + 2] - Before[d], a)).ToArray();
        x = e.Pad(x, [0, 0, .. Before], [0, 0, .. extra], value);
        var strides = Shapes.Strides(x.Shape);
        var inside = Dilations.Select((s, d) => s * strides[d + 2]);
        var between = Strides.Select((s, d) => s * strides[d + 2]);
        int[] outer = channels == 1 ? [x.Shape[0] * x.Shape[1]] : [x.Shape[0] * x.Shape[1] / channels, channels];
        int[] steps = channels == 1 ? [strides[1]] : [channels * strides[1], strides[1]];
        return kernelFirst
            ? e.View(x, [.. outer, .. Kernel, .. Counts], [.. steps, .. inside, .. between])
            : e.View(x, [.. outer, .. Counts, .. Kernel], [.. steps, .. between, .. inside]);
    }

    /// <summary>How many elements of each window lie inside the input, or its padding too.</summary>
    public double[] Sizes(int[] extents, bool withPadding)
    {
        var sizes = new double[] { 1 };
        for (var d = 0; d < Kernel.Length; d++)
        {
            var (low, high) = withPadding ? (-Before[d], extents[d] + After[d]) : (0, extents[d]);
            var along = new double[Counts[d]];
            for (var i = 0; i < along.Length; i++)
            {
                for (var k = 0; k < Kernel[d]; k++)
                {
                    var place = i * Strides[d] - Before[d] + k * Dilations[d];
                    if (place >= low && place < high) along[i]++;
                }
            }

            sizes = [.. sizes.SelectMany(_ => along, (s, a) => s * a)];
        }

        return sizes;
    }

    private int Span(int d) => (Counts[d] - 1) * Strides[d] + (Kernel[d] - 1) * Dilations[d] + 1;

    private void Fit(int d, int extent, string mode, bool ceil)
    {
        var reach = (Kernel[d] - 1) * Dilations[d] + 1;
        if (mode is "SAME_UPPER" or "SAME_LOWER")
        {
            Counts[d] = (extent + Strides[d] - 1) / Strides[d];
            var padding = Math.Max(Span(d) - extent, 0);
            Before[d] = mode == "SAME_UPPER" ? padding / 2 : (padding + 1) / 2;
            After[d] = padding - Before[d];
            return;
        }

        if (mode == "VALID") (Before[d], After[d]) = (0, 0);
        var room = extent + Before[d] + After[d] - reach;
        if (room < 0) return;
        Counts[d] = (ceil ? room + Strides[d] - 1 : room) / Strides[d] + 1;
        if (ceil && (Counts[d] - 1) * Strides[d] >= extent + Before[d]) Counts[d]--;
    }
}
