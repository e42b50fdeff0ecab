namespace ToolRM.Training;

/// <summary>Numbers 0 to count - 1 in random order, then all of them in another, without end; steps may span two rounds.</summary>
internal sealed class EndlessOrder(int count, Xoshiro256 random)
{
    private readonly int[] _order = [.. Enumerable.Range(0, count)];
    private int _next = count;

    /// <summary>Fills a span with the next numbers.</summary>
    public void Take(Span<int> numbers)
    {
        foreach (ref int number in numbers)
        {
            if (_next == _order.Length)
            {
                random.Shuffle<int>(_order);
                _next = 0;
            }

            number = _order[_next++];
        }
    }
}
