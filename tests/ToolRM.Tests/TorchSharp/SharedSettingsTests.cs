using ToolRM.TorchSharp.Planning;

namespace ToolRM.Tests.TorchSharp;

public sealed class SharedSettingsTests
{
    [Fact]
    public void Passes_never_run_under_settings_of_others()
    {
        int current = -1, wrong = 0, passes = 0;
        var settings = new SharedSettings<int>(value => Volatile.Write(ref current, value));
        Thread[] threads = [.. Enumerable.Range(0, 6).Select(index => new Thread(() =>
        {
            for (int i = 0; i < 200; i++)
            {
                using (settings.Enter(index % 3))
                {
                    for (int look = 0; look < 20; look++)
                    {
                        wrong += Volatile.Read(ref current) == index % 3 ? 0 : 1;
                    }

                    Interlocked.Increment(ref passes);
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        (wrong, passes).Should().Be((0, 1200));
    }

    [Fact]
    public void Passes_that_want_the_same_run_together_and_others_wait()
    {
        var applied = new List<int>();
        var settings = new SharedSettings<int>(applied.Add);
        SharedSettings<int>.Use first = settings.Enter(1), second = settings.Enter(1);
        var other = new Thread(() => settings.Enter(2).Dispose());
        other.Start();
        first.Dispose();
        other.Join(TimeSpan.FromMilliseconds(50)).Should().BeFalse("one pass with other settings still runs");
        second.Dispose();
        other.Join();
        settings.Enter(2).Dispose();
        applied.Should().Equal(1, 2, 2);
        default(SharedSettings<int>.Use).Dispose();
    }
}
