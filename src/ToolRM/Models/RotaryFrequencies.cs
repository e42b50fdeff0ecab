namespace ToolRM.Models;

/// <summary>The angles by which the pairs of a head turn from one position to the next (Su et al., RoFormer, arXiv 2104.09864).</summary>
internal static class RotaryFrequencies
{
    /// <summary>Half a head's number of them, in radians per position.</summary>
    public static double[] Of(DecoderConfig config)
    {
        RotaryConfig rotary = config.Rotary;
        var frequencies = new double[config.HeadSize / 2];
        for (int i = 0; i < frequencies.Length; i++)
        {
            double frequency = 1 / Math.Pow(rotary.Theta, 2.0 * i / config.HeadSize);
            frequencies[i] = rotary.Scaling switch
            {
                RotaryScaling.Linear => frequency / rotary.Factor,
                RotaryScaling.Llama3 => Llama3(frequency, rotary),
                _ => frequency,
            };
        }

        return frequencies;
    }

    /// <summary>Llama 3.1's rule: long waves are stretched by the factor, short ones kept, with a linear passage between.</summary>
    private static double Llama3(double frequency, RotaryConfig rotary)
    {
        double turns = rotary.OriginalMaxLength * frequency / (2 * Math.PI);
        if (turns < rotary.LowFrequencyFactor)
        {
            return frequency / rotary.Factor;
        }

        if (turns > rotary.HighFrequencyFactor)
        {
            return frequency;
        }

        double smooth = (turns - rotary.LowFrequencyFactor) / (rotary.HighFrequencyFactor - rotary.LowFrequencyFactor);
        return ((1 - smooth) * frequency / rotary.Factor) + (smooth * frequency);
    }
}
