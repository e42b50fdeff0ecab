using ToolRM.Models;

namespace ToolRM.Checkpoints;

/// <summary>Finds every parameter of a model among the tensors of a checkpoint, and says what else there is.</summary>
internal sealed class ParameterBinding
{
    private const string BodyPrefix = "model.";
    private const int MostListed = 5;

    private readonly TensorIndex _tensors;
    private readonly string _path;
    private readonly bool _withoutPrefix;

    private ParameterBinding(TensorIndex tensors, string path)
    {
        _tensors = tensors;
        _path = path;
        _withoutPrefix = tensors.Find(ParameterLayout.Embedding) is null
            && tensors.Find(ParameterLayout.Embedding[BodyPrefix.Length..]) is not null;
    }

    /// <summary>Checks that all parameters are there with the right shape.</summary>
    /// <param name="config">The config.</param>
    /// <param name="tensors">The tensors.</param>
    /// <param name="path">The checkpoint, for messages.</param>
    /// <param name="allowNewHead">Whether the head may be missing.</param>
    /// <param name="report">What was found.</param>
    /// <exception cref="CheckpointException">A parameter is missing or has another shape.</exception>
    public static ParameterBinding Create(
        HuggingFaceConfig config, TensorIndex tensors, string path, bool allowNewHead, out LoadReport report)
    {
        var binding = new ParameterBinding(tensors, path);
        IReadOnlyList<ParameterInfo> parameters = ParameterLayout.For(config.Decoder);
        binding.CheckMissing(parameters, config, allowNewHead);
        foreach (ParameterInfo parameter in parameters)
        {
            binding.CheckShape(parameter);
        }

        List<string> notes = [.. config.Notes], warnings = [];
        binding.ReportOthers(parameters, notes, warnings);
        if (binding._withoutPrefix)
        {
            notes.Add($"tensor names lack the prefix '{BodyPrefix}'");
        }

        IEnumerable<string> types = parameters.Select(parameter => tensors.Find(binding.NameOf(parameter))?.TypeName).OfType<string>();
        report = new LoadReport(
            config.Architecture,
            string.Join(", ", types.Distinct().Order(StringComparer.Ordinal)),
            parameters.Sum(parameter => parameter.Count),
            tensors.Find(ParameterLayout.Head) is null,
            notes,
            warnings);
        return binding;
    }

    /// <summary>The name of a parameter's tensor.</summary>
    public string NameOf(ParameterInfo parameter) =>
        _withoutPrefix && parameter.Kind != ParameterKind.Head ? parameter.Name[BodyPrefix.Length..] : parameter.Name;

    private void CheckMissing(IReadOnlyList<ParameterInfo> parameters, HuggingFaceConfig config, bool allowNewHead)
    {
        string[] missing = [.. parameters.Where(p => p.Kind != ParameterKind.Head).Select(NameOf).Where(name => _tensors.Find(name) is null)];
        if (missing.Length > 0)
        {
            throw new CheckpointException(_path, $"lacks {missing.Length} of {parameters.Count} tensors of a {config.Decoder.ModelType} model: {Listed(missing)}");
        }

        if (!allowNewHead && _tensors.Find(ParameterLayout.Head) is null)
        {
            throw new CheckpointException(_path,
                $"has no reward head ({ParameterLayout.Head})"
                + (config.Architecture is null ? string.Empty : $"; its architecture is {config.Architecture}")
                + ". A head is never made up for scoring: use a trained reward model, or train this model on preference pairs first");
        }
    }

    private void CheckShape(ParameterInfo parameter)
    {
        if (_tensors.Find(NameOf(parameter)) is not { } tensor || tensor.Shape.AsSpan().SequenceEqual([.. parameter.Shape.Select(d => (long)d)]))
        {
            return;
        }

        string expected = $"its shape must be [{string.Join(", ", parameter.Shape)}], but is {tensor.ShapeText}";
        throw new CheckpointException(_tensors.PathOf(tensor.Name), parameter.Kind == ParameterKind.Head && tensor.Shape is [not 1, _]
            ? $"{expected}: a reward model has one output, this is a classifier of {tensor.Shape[0]} labels"
            : $"{expected}: config.json describes another model", tensor.Name);
    }

    private void ReportOthers(IReadOnlyList<ParameterInfo> parameters, List<string> notes, List<string> warnings)
    {
        string[] others = [.. _tensors.Names.Except(parameters.Select(NameOf), StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string[] known = [.. others.Where(IsHarmless)];
        if (known.Length > 0)
        {
            notes.Add($"not needed by a reward model and ignored: {Listed(known)}");
        }

        if (known.Length < others.Length)
        {
            warnings.Add($"tensors that this model does not have were ignored: {Listed([.. others.Except(known, StringComparer.Ordinal)])}");
        }
    }

    /// <summary>The language-model head, and the rotary frequencies that old versions of Transformers stored.</summary>
    private static bool IsHarmless(string name) =>
        name == "lm_head.weight" || name.EndsWith(".rotary_emb.inv_freq", StringComparison.Ordinal);

    private static string Listed(string[] names) =>
        string.Join(", ", names.Take(MostListed).Select(CheckpointException.Printable))
        + (names.Length > MostListed ? $" and {names.Length - MostListed} more" : string.Empty);
}
