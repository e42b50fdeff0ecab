using ToolRM.Models;

namespace ToolRM.Checkpoints;

/// <summary>The part of config.json about sliding-window attention.</summary>
internal static class AttentionWindow
{
    private const string Full = "full_attention";
    private const string Sliding = "sliding_attention";

    /// <summary>
    /// How many tokens, its own included, a token can attend to in the narrowest layer; <see langword="null"/> if all.
    /// Up to that length window and full attention are the same.
    /// </summary>
    public static int? Read(JsonFields fields, ModelFamily family, int layers)
    {
        IReadOnlyList<string> types = fields.Texts("layer_types");
        if (types.FirstOrDefault(type => type is not (Full or Sliding)) is { } other)
        {
            throw fields.Error($"layer_types may hold {Full} and {Sliding}, but holds '{CheckpointException.Printable(other)}'");
        }

        bool applies = family.Window switch
        {
            WindowRule.WhenSet => true,
            WindowRule.WhenEnabled => fields.Flag("use_sliding_window") == true && (types.Count > 0
                ? types.Contains(Sliding)
                : (fields.Integer("max_window_layers") ?? ModelFamily.DefaultMaxWindowLayers) < layers),
            _ => false,
        };
        if (!applies)
        {
            return null;
        }

        int? window = fields.Mentions("sliding_window") ? fields.Integer("sliding_window") : ModelFamily.DefaultWindow;
        return window is <= 0 ? throw fields.Error($"sliding_window must be null or at least 1, but is {window}") : window;
    }
}
