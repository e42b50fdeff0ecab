using ToolRM.Models;

namespace ToolRM.Tests.Engines;

/// <summary>The slow, obvious forward pass in double precision, one sequence at a time, straight from the formulas.</summary>
internal sealed class ReferenceDecoder(DecoderConfig config, Func<string, float[]> parameter)
{
    public double Score(int[] tokens)
    {
        int hidden = config.HiddenSize, last = tokens.Length - 1;
        while (last > 0 && tokens[last] == config.PadTokenId)
        {
            last--;
        }

        if (tokens[last] == config.PadTokenId)
        {
            last = 0;
        }

        float[] embedding = parameter(ParameterLayout.Embedding);
        double[][] x = [.. tokens.Select(token => embedding.Skip(token * hidden).Take(hidden).Select(v => (double)v).ToArray())];
        for (int layer = 0; layer < config.Layers; layer++)
        {
            Layer(layer, x);
        }

        double[] normed = Norm(x[last], parameter(ParameterLayout.FinalNorm));
        return Multiply(parameter(ParameterLayout.Head), normed, 1)[0];
    }

    private void Layer(int layer, double[][] x)
    {
        float[] P(string name) => parameter(ParameterLayout.Layer(layer, name));
        int size = config.HeadSize, group = config.Heads / config.KeyValueHeads;
        double[][] Project(string which, int heads, string? norm)
        {
            return
            [
                .. x.Select((row, position) =>
                {
                    double[] y = Multiply(P($"self_attn.{which}_proj.weight"), Norm(row, P("input_layernorm.weight")), heads * size);
                    if (config.HasAttentionBias)
                    {
                        y = [.. y.Zip(P($"self_attn.{which}_proj.bias"), (a, b) => a + b)];
                    }

                    return norm is null ? y : [.. y.Chunk(size).SelectMany(head =>
                        Rotate(config.HasQueryKeyNorm ? Norm(head, P($"self_attn.{norm}.weight")) : head, position))];
                }),
            ];
        }

        double[][] q = Project("q", config.Heads, "q_norm"), k = Project("k", config.KeyValueHeads, "k_norm"), v = Project("v", config.KeyValueHeads, null);
        double[][] attended = [.. x.Select(_ => new double[config.Heads * size])];
        for (int i = 0; i < x.Length; i++)
        {
            for (int head = 0; head < config.Heads; head++)
            {
                int qo = head * size, ko = head / group * size;
                double[] scores = [.. Enumerable.Range(0, i + 1).Select(j =>
                    Enumerable.Range(0, size).Sum(d => q[i][qo + d] * k[j][ko + d]) / Math.Sqrt(size))];
                double max = scores.Max(), sum = scores.Sum(s => Math.Exp(s - max));
                for (int d = 0; d < size; d++)
                {
                    attended[i][qo + d] = Enumerable.Range(0, i + 1).Sum(j => Math.Exp(scores[j] - max) / sum * v[j][ko + d]);
                }
            }
        }

        for (int i = 0; i < x.Length; i++)
        {
            Add(x[i], Multiply(P("self_attn.o_proj.weight"), attended[i], config.HiddenSize));
            double[] normed = Norm(x[i], P("post_attention_layernorm.weight"));
            double[] gate = Multiply(P("mlp.gate_proj.weight"), normed, config.IntermediateSize);
            double[] up = Multiply(P("mlp.up_proj.weight"), normed, config.IntermediateSize);
            Add(x[i], Multiply(P("mlp.down_proj.weight"), [.. gate.Zip(up, (g, u) => g / (1 + Math.Exp(-g)) * u)], config.HiddenSize));
        }
    }

    private double[] Rotate(double[] head, int position)
    {
        int half = head.Length / 2;
        var result = new double[head.Length];
        for (int i = 0; i < half; i++)
        {
            double angle = position * Frequency(i);
            result[i] = (head[i] * Math.Cos(angle)) - (head[half + i] * Math.Sin(angle));
            result[half + i] = (head[half + i] * Math.Cos(angle)) + (head[i] * Math.Sin(angle));
        }

        return result;
    }

    private double Frequency(int i)
    {
        RotaryConfig rotary = config.Rotary;
        double frequency = Math.Pow(rotary.Theta, -2.0 * i / config.HeadSize);
        if (rotary.Scaling == RotaryScaling.Linear)
        {
            return frequency / rotary.Factor;
        }

        if (rotary.Scaling == RotaryScaling.None)
        {
            return frequency;
        }

        double wave = 2 * Math.PI / frequency;
        double low = rotary.OriginalMaxLength / rotary.LowFrequencyFactor, high = rotary.OriginalMaxLength / rotary.HighFrequencyFactor;
        double smooth = ((rotary.OriginalMaxLength / wave) - rotary.LowFrequencyFactor) / (rotary.HighFrequencyFactor - rotary.LowFrequencyFactor);
        return wave < high ? frequency : wave > low ? frequency / rotary.Factor : ((1 - smooth) * frequency / rotary.Factor) + (smooth * frequency);
    }

    private double[] Norm(double[] x, float[] gain)
    {
        double root = Math.Sqrt(x.Average(v => v * v) + config.NormEpsilon);
        return [.. x.Zip(gain, (v, g) => v / root * g)];
    }

    private static double[] Multiply(float[] weight, double[] x, int rows) =>
        [.. Enumerable.Range(0, rows).Select(r => Enumerable.Range(0, x.Length).Sum(c => weight[(r * x.Length) + c] * x[c]))];

    private static void Add(double[] x, double[] y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            x[i] += y[i];
        }
    }
}
