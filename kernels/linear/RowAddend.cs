namespace TrnEmu.Kernels.Linear;

/// <summary>A row [N] of HBM that is added to all rows, such as a bias; loaded once, when first needed.</summary>
internal sealed class RowAddend(TensorView? row)
{
    private TensorView? _loaded;

    /// <summary>value [T, N] + the row, in fp32; the value itself where there is no row.</summary>
    public TensorView Add(KernelBuilder k, TensorView value)
    {
        if (row is null) return value;
        _loaded ??= Epilogue.Load(k, Epilogue.OnEachRow(row, value.Shape[0]));
        return Epilogue.Add(k, value, _loaded[..value.Shape[0]]);
    }
}
