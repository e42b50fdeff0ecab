using ToolRM.Engines;
using ToolRM.Models;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp.Weights;

/// <summary>Brings parameters to a device, some rows at a time where the source allows it.</summary>
internal sealed class ParameterUpload(IParameterSource source, EngineRequest request, long total) : IDisposable
{
    private readonly HostStaging _staging = new();
    private long _done, _reported;

    /// <summary>Writes a parameter's values to a tensor of one dimension.</summary>
    public void Send(ParameterInfo parameter, Tensor target)
    {
        if (source is not IStoredParameters stored)
        {
            request.CancellationToken.ThrowIfCancellationRequested();
            var values = new float[parameter.Count];
            source.Read(parameter, values);
            _staging.Write(target, values);
            Report(parameter.Count);
            return;
        }

        int most = Math.Max(1, HostStaging.Capacity / parameter.Columns);
        for (int row = 0; row < parameter.Rows; row += most)
        {
            request.CancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(most, parameter.Rows - row) * parameter.Columns;
            stored.ReadRows(parameter, row, _staging.Values(count));
            _staging.Send(target, (long)row * parameter.Columns, count);
            Report(count);
        }
    }

    public void Dispose() => _staging.Dispose();

    private void Report(long count)
    {
        _done += count;
        if (_done == total || _done - _reported >= total / 100)
        {
            _reported = _done;
            request.LoadProgress?.Report((double)_done / total);
        }
    }
}
