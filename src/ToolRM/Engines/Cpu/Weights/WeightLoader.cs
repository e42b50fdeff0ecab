using ToolRM.Models;

namespace ToolRM.Engines.Cpu.Weights;

/// <summary>Takes some of a parameter's rows, row-major with the given distance between them.</summary>
internal unsafe delegate void ParameterSink(float* values, nint rowStride, int rows, int firstRow);

/// <summary>
/// Reads parameters on all threads, some rows at a time, so that little more memory than the weights' own is needed.
/// </summary>
internal sealed unsafe class WeightLoader(WorkerPool pool)
{
    /// <summary>Values read at a time; they stay in a core's cache until they are packed.</summary>
    private const int ChunkLength = 1 << 17;

    /// <summary>Reads all parameters.</summary>
    /// <param name="parameters">Which.</param>
    /// <param name="source">Where they are.</param>
    /// <param name="sinks">Who takes each, by name.</param>
    /// <param name="progress">Told the share of the values that are read, from 0 to 1, about a hundred times; on any thread, never on two at once.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public void Load(
        IReadOnlyList<ParameterInfo> parameters, IParameterSource source, IReadOnlyDictionary<string, ParameterSink> sinks,
        IProgress<double>? progress, CancellationToken cancellationToken)
    {
        List<Chunk> chunks = Chunks(parameters, source is IStoredParameters);
        var share = new LoadedShare(parameters.Sum(parameter => parameter.Count), progress);
        AlignedBuffer[] buffers = [.. Enumerable.Range(0, pool.Threads).Select(_ => new AlignedBuffer())];
        try
        {
            pool.Run(chunks.Count, (item, worker) =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                (ParameterInfo parameter, int firstRow, int rows) = chunks[item];
                int count = checked(rows * parameter.Columns);
                float* values = buffers[worker].Ensure(count);
                if (source is IStoredParameters stored)
                {
                    stored.ReadRows(parameter, firstRow, new Span<float>(values, count));
                }
                else
                {
                    source.Read(parameter, new Span<float>(values, count));
                }

                sinks[parameter.Name](values, parameter.Columns, rows, firstRow);
                share.Add(count);
            });
        }
        finally
        {
            Array.ForEach(buffers, buffer => buffer.Dispose());
        }
    }

    private static List<Chunk> Chunks(IReadOnlyList<ParameterInfo> parameters, bool inParts)
    {
        var chunks = new List<Chunk>();
        foreach (ParameterInfo parameter in parameters)
        {
            int most = inParts ? Math.Max(1, ChunkLength / parameter.Columns) : parameter.Rows;
            for (int row = 0; row < parameter.Rows; row += most)
            {
                chunks.Add(new Chunk(parameter, row, Math.Min(most, parameter.Rows - row)));
            }
        }

        return chunks;
    }

    /// <summary>How much is read.</summary>
    private sealed class LoadedShare(long total, IProgress<double>? progress)
    {
        private readonly Lock _lock = new();
        private long _done, _next;

        public void Add(long count)
        {
            lock (_lock)
            {
                _done += count;
                if (_done >= _next)
                {
                    _next = Math.Min(_done + (total / 100), total);
                    progress?.Report((double)_done / total);
                }
            }
        }
    }

    private readonly record struct Chunk(ParameterInfo Parameter, int FirstRow, int Rows);
}
