namespace ToolRM.TorchSharp.Planning;

/// <summary>
/// Settings that a library keeps for the whole process: passes that want the same run at the same time, others wait for them.
/// Safe for concurrent calls; a thread must leave before it enters again.
/// </summary>
/// <typeparam name="T">The settings, equal if their values are.</typeparam>
/// <param name="apply">Sets them.</param>
internal sealed class SharedSettings<T>(Action<T> apply)
    where T : struct, IEquatable<T>
{
    private readonly object _gate = new();
    private T _current;
    private int _users;

    /// <summary>Waits until no pass runs that wants others, and sets them. Dispose what is returned when the pass has ended.</summary>
    public Use Enter(T wanted)
    {
        lock (_gate)
        {
            while (_users > 0 && !_current.Equals(wanted))
            {
                Monitor.Wait(_gate);
            }

            if (_users == 0)
            {
                // Also where they are as they were left: the application may have set them itself.
                apply(wanted);
                _current = wanted;
            }

            _users++;
        }

        return new Use(this);
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (--_users == 0)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>The time of a pass; the default value is that of one that needs no settings.</summary>
    internal readonly struct Use(SharedSettings<T> settings) : IDisposable
    {
        private readonly SharedSettings<T>? _settings = settings;

        public void Dispose() => _settings?.Leave();
    }
}
