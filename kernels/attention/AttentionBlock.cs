using TrnEmu.Kernels.Linear;
using TrnEmu.Kernels.Matmul;

namespace TrnEmu.Kernels.Attention;

/// <summary>
/// The cache columns of as many key heads as fit on 128 partitions, and rows of queries against them.
/// </summary>
internal sealed class AttentionBlock
{
    private const int Step = Limits.Partitions;

    private readonly KernelBuilder _k;
    private readonly int _rows;
    private readonly TensorView _keys;
    private readonly TensorView _values;

    /// <summary>
    /// Loads keys [S, width] and values [S, width] from HBM, width up to 128, as a dtype; turns the keys.
    /// </summary>
    public AttentionBlock(KernelBuilder k, TensorView keys, TensorView values, DType dtype)
    {
        (_k, _rows) = (k, keys.Shape[0]);
        _keys = Turn(ResidentRows.Load(k, "keys", keys, dtype), _rows);
        _values = ResidentRows.Load(k, "values", values, dtype);
    }

    /// <summary>
    /// fp32 scores [Q, S] in SBUF of query rows [Q, width] in SBUF: scale * queries @ keys.T + mask.
    /// </summary>
    public TensorView Scores(TensorView queries, float scale, TensorView mask)
    {
        var turned = TurnedRows.Turn(_k, queries)[.., 0];
        var scores = _k.Sbuf("scores", DType.Fp32, mask.Shape);
        foreach (var s in Chunk.Each(_rows, MatmulProblem.TileN))
        {
            var sums = _k.Psum("products", DType.Fp32, [mask.Shape[0], s.Length]);
            _k.Issue(new NcMatmul(sums, turned, _keys[.., s]));
            _k.Issue(new ScalarTensorTensor(scores[.., s], sums, AluOp.Multiply, scale, AluOp.Add, mask[.., s]));
        }

        return scores;
    }

    /// <summary>
    /// softmax(scores) @ values, [Q, width] in SBUF as a dtype. Exponentials are divided by their sum after the
    /// product, where rows are shorter.
    /// </summary>
    public TensorView Mix(TensorView scores, DType dtype)
    {
        int[] column = [scores.Shape[0], 1];
        var negativeMax = _k.Sbuf("negative_max", DType.Fp32, column);
        var exponentials = _k.Sbuf("exponentials", _values.DType, scores.Shape);
        var sum = _k.Sbuf("sum", DType.Fp32, column);
        var share = _k.Sbuf("share", DType.Fp32, column);
        _k.Issue(new TensorReduce(negativeMax, AluOp.Maximum, scores, Axis: [-1], Negate: true));
        _k.Issue(new ActivationReduce(exponentials, ActivationFunction.Exp, scores, AluOp.Add, sum, Bias: negativeMax));
        _k.Issue(new Reciprocal(share, sum));

        var turned = TurnedRows.Turn(_k, exponentials);
        var mixed = _k.Psum("mixed", DType.Fp32, [scores.Shape[0], _values.Shape[2]]);
        foreach (var s in Chunk.Each(_rows, Step))
            _k.Issue(new NcMatmul(mixed, turned.Step(s), _values.Step(s), Accumulate: s.Index > 0));

        var result = _k.Sbuf("result", dtype, mixed.Shape);
        _k.Issue(new TensorScalar(result, mixed, AluOp.Multiply, share));
        return result;
    }

    /// <summary>
    /// Resident rows [128, slots, width] with columns on partitions: [width, rows], one PSUM bank at a time.
    /// </summary>
    private TensorView Turn(TensorView resident, int rows)
    {
        var (width, dtype) = (resident.Shape[2], resident.DType);
        var turned = _k.Sbuf("turned_keys", dtype, [width, rows]);
        foreach (var part in Chunk.Each(rows, _k.Chip.PsumBankBytes.ToInt32() / dtype.Size()))
        {
            var bank = _k.Psum("flipped_keys", dtype, [width, part.Length]);
            foreach (var s in Chunk.Each(part.Length, Step))
                _k.Issue(new NcTranspose(bank[.., s], resident[..s.Length, (part.Start / Step) + s.Index]));
            _k.Issue(new TensorCopy(turned[.., part], bank));
        }

        return turned;
    }
}
