namespace ToolRM.Models;

/// <summary>The parameters that low-rank adaptation trains, under the names that PEFT gives them less its prefix.</summary>
internal static class LoraLayout
{
    private const string Weight = ".weight", Down = ".lora_A.weight", Up = ".lora_B.weight";

    /// <summary>The two matrices of each adapter, in the order of the parameters they are added to, then the head.</summary>
    public static IReadOnlyList<ParameterInfo> For(DecoderConfig config, LoraOptions options)
    {
        var trained = new List<ParameterInfo>();
        foreach (ParameterInfo parameter in ParameterLayout.For(config))
        {
            if (IsTarget(parameter, options))
            {
                trained.Add(new(DownOf(parameter.Name), options.Rank, parameter.Columns, ParameterKind.Matrix));
                trained.Add(new(UpOf(parameter.Name), parameter.Rows, options.Rank, ParameterKind.Matrix));
            }
            else if (parameter.Kind == ParameterKind.Head)
            {
                trained.Add(parameter);
            }
        }

        return trained;
    }

    /// <summary>The name of the matrix that narrows the input of a matrix, [rank, inputs].</summary>
    public static string DownOf(string matrix) => Module(matrix) + Down;

    /// <summary>The name of the matrix that widens to the output of a matrix, [outputs, rank].</summary>
    public static string UpOf(string matrix) => Module(matrix) + Up;

    /// <summary>Whether it starts at zero, so that the adapted model starts as the model.</summary>
    public static bool StartsAtZero(ParameterInfo parameter) => parameter.Name.EndsWith(Up, StringComparison.Ordinal);

    private static bool IsTarget(ParameterInfo parameter, LoraOptions options) =>
        parameter.Kind == ParameterKind.Matrix && options.TargetModules.Contains(Module(parameter.Name).Split('.')[^1]);

    private static string Module(string matrix) => matrix[..^Weight.Length];
}
