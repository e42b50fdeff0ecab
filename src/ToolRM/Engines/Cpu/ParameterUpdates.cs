namespace ToolRM.Engines.Cpu;

/// <summary>What is done to all parameters at once: the norm of the gradients, and AdamW. The parameters are shared out in pieces of a fixed size.</summary>
internal sealed unsafe class ParameterUpdates
{
    private const int PieceLength = 1 << 18;
    private readonly WorkerPool _pool;
    private readonly (ParameterStore.Entry Entry, long First, long Length)[] _pieces;
    private readonly double[] _sums;
    private readonly Action<int, int> _sum, _apply;
    private AdamWStep _step;

    public ParameterUpdates(ParameterStore store, WorkerPool pool)
    {
        _pool = pool;
        _pieces = [.. store.Parameters.SelectMany(parameter => Pieces(store[parameter.Name]))];
        _sums = new double[_pieces.Length];
        (_sum, _apply) = (Sum, Apply);
    }

    /// <summary>The L2 norm of all gradients together.</summary>
    public double GradientNorm()
    {
        _pool.Run(_pieces.Length, _sum);
        double sum = 0;
        foreach (double piece in _sums)
        {
            sum += piece;
        }

        return Math.Sqrt(sum);
    }

    /// <summary>One AdamW step; clears the gradients.</summary>
    public void Apply(in AdamWStep step)
    {
        _step = step;
        _pool.Run(_pieces.Length, _apply);
    }

    private static IEnumerable<(ParameterStore.Entry Entry, long First, long Length)> Pieces(ParameterStore.Entry entry)
    {
        for (long first = 0; first < entry.Length; first += PieceLength)
        {
            yield return (entry, first, Math.Min(PieceLength, entry.Length - first));
        }
    }

    private void Sum(int piece, int worker)
    {
        (ParameterStore.Entry entry, long first, long length) = _pieces[piece];
        _sums[piece] = AdamW.SumOfSquares(entry[ParameterPart.Gradient] + first, length);
    }

    private void Apply(int piece, int worker)
    {
        (ParameterStore.Entry entry, long first, long length) = _pieces[piece];
        AdamW.Apply(
            _step, entry.Info.Decays, entry[ParameterPart.Value] + first, entry[ParameterPart.Gradient] + first,
            entry[ParameterPart.FirstMoment] + first, entry[ParameterPart.SecondMoment] + first, length);
    }
}
