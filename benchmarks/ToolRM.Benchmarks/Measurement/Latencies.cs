namespace ToolRM.Benchmarks.Measurement;

/// <summary>How long single calls of a benchmark took, over all its iterations. Safe to call from many tasks at once.</summary>
internal sealed class Latencies
{
    private readonly List<TimeSpan> _times = [];

    public void Add(TimeSpan time)
    {
        lock (_times)
        {
            _times.Add(time);
        }
    }

    /// <summary>The time that a share of the calls did not exceed; null if there were none.</summary>
    public TimeSpan? Percentile(double share)
    {
        lock (_times)
        {
            _times.Sort();
            return _times.Count == 0 ? null : _times[(int)Math.Ceiling(share * _times.Count) - 1];
        }
    }
}
