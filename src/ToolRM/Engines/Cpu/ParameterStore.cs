using ToolRM.Models;

namespace ToolRM.Engines.Cpu;

/// <summary>The trained parameters with their gradients and AdamW moments. Rows are padded, padding stays zero.</summary>
internal sealed unsafe class ParameterStore : IDisposable
{
    private readonly Dictionary<string, Entry> _entries = [];

    public ParameterStore(DecoderShape shape)
    {
        Parameters = ParameterLayout.For(shape.Config);
        foreach (ParameterInfo parameter in Parameters)
        {
            _entries.Add(parameter.Name, new Entry(parameter, shape.Pad(parameter.Columns)));
        }
    }

    public IReadOnlyList<ParameterInfo> Parameters { get; }

    public Entry this[string name] => _entries[name];

    public void Dispose()
    {
        foreach (Entry entry in _entries.Values)
        {
            entry.Dispose();
        }
    }

    /// <summary>One parameter: four arrays of rows x stride.</summary>
    internal sealed class Entry(ParameterInfo info, int stride) : IDisposable
    {
        private readonly AlignedBuffer[] _parts = [.. Enum.GetValues<ParameterPart>().Select(_ => new AlignedBuffer((long)info.Rows * stride))];

        public ParameterInfo Info { get; } = info;

        /// <summary>Distance of rows.</summary>
        public int Stride { get; } = stride;

        /// <summary>Values including padding.</summary>
        public long Length => (long)Info.Rows * Stride;

        public float* this[ParameterPart part] => _parts[(int)part].Pointer;

        public void Read(ParameterPart part, Span<float> destination)
        {
            for (int row = 0; row < Info.Rows; row++)
            {
                Row(part, row).CopyTo(destination.Slice(row * Info.Columns, Info.Columns));
            }
        }

        public void Write(ParameterPart part, ReadOnlySpan<float> source)
        {
            for (int row = 0; row < Info.Rows; row++)
            {
                source.Slice(row * Info.Columns, Info.Columns).CopyTo(Row(part, row));
            }
        }

        public void Dispose() => Array.ForEach(_parts, part => part.Dispose());

        private Span<float> Row(ParameterPart part, int row) => new(this[part] + ((long)row * Stride), Info.Columns);
    }
}
