using ToolRM.Models;

namespace ToolRM.Engines.Cpu.Weights;

/// <summary>How weights are held in memory.</summary>
internal enum WeightForm
{
    Float32,

    /// <summary>16 bits a value, widened as they are multiplied: the bits of the result are those of float32.</summary>
    BFloat16,

    /// <summary>8 bits a value, with scales.</summary>
    Int8,
}

/// <summary>How a model's weights are held in memory: in 16 bits where these hold every value exactly, in 8 where that is asked for.</summary>
/// <param name="Matrices">The weight matrices.</param>
/// <param name="Embedding">The token embedding.</param>
internal readonly record struct WeightForms(WeightForm Matrices, WeightForm Embedding)
{
    /// <summary>The forms of a model under a plan.</summary>
    public static WeightForms Of(DecoderConfig config, IParameterSource source, KernelPlan plan)
    {
        WeightForm Exact(ParameterKind kind) =>
            source is IStoredParameters stored && ParameterLayout.For(config).Where(parameter => parameter.Kind == kind).All(stored.IsBFloat16)
                ? WeightForm.BFloat16
                : WeightForm.Float32;

        return new WeightForms(plan.Int8Matmul is null ? Exact(ParameterKind.Matrix) : WeightForm.Int8, Exact(ParameterKind.Embedding));
    }

    /// <summary>About how many bytes a model's weights take, without padding.</summary>
    public double Bytes(DecoderConfig config)
    {
        double bytes = 0;
        foreach (ParameterInfo parameter in ParameterLayout.For(config))
        {
            WeightForm form = parameter.Kind switch
            {
                ParameterKind.Matrix => Matrices,
                ParameterKind.Embedding => Embedding,
                _ => WeightForm.Float32,
            };
            bytes += parameter.Count * form switch
            {
                WeightForm.Int8 => Int8Matrix.BytesPerWeight,
                WeightForm.BFloat16 => sizeof(ushort),
                _ => sizeof(float),
            };
        }

        return bytes;
    }
}
