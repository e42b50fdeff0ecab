namespace ToolRM.Models;

/// <summary>
/// A stream of standard normal numbers that is the same on every machine and .NET version:
/// <see cref="SplitMix64"/> feeding Marsaglia's polar method, with a logarithm made only of operations that IEEE 754 defines
/// exactly, because the platform's own may differ in the last bit.
/// </summary>
internal struct NormalRandom(ulong seed)
{
    private ulong _state = seed;
    private double _spare = double.NaN;

    /// <summary>The stream of a name under a seed (FNV-1a over the name's UTF-16 code units, then mixed with the seed).</summary>
    public static NormalRandom For(ulong seed, string name)
    {
        ulong hash = 14695981039346656037;
        foreach (char unit in name)
        {
            hash = (hash ^ (byte)unit) * 1099511628211;
            hash = (hash ^ (byte)(unit >> 8)) * 1099511628211;
        }

        return new NormalRandom(SplitMix64.Mix(seed) ^ hash);
    }

    /// <summary>The next number, with mean 0 and variance 1.</summary>
    public double Next()
    {
        if (!double.IsNaN(_spare))
        {
            double spare = _spare;
            _spare = double.NaN;
            return spare;
        }

        while (true)
        {
            double u = NextSigned(), v = NextSigned(), square = u * u + v * v;
            if (square > 0 && square < 1)
            {
                double scale = Math.Sqrt(-2 * NaturalLogarithm(square) / square);
                _spare = v * scale;
                return u * scale;
            }
        }
    }

    /// <summary>ln(x) of a positive normal number, to about one unit in the last place.</summary>
    internal static double NaturalLogarithm(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52) - 1023;
        double mantissa = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
        if (mantissa > 1.4142135623730951)
        {
            mantissa /= 2;
            exponent++;
        }

        // ln(m) = 2 atanh(t) with t = (m - 1) / (m + 1), |t| < 0.172, so t^26 is below 2^-66.
        double t = (mantissa - 1) / (mantissa + 1), square = t * t, sum = 0;
        for (int power = 25; power >= 1; power -= 2)
        {
            sum = sum * square + 1.0 / power;
        }

        return exponent * 0.6931471805599453 + 2 * t * sum;
    }

    /// <summary>Uniform in [-1, 1), a multiple of 2^-52.</summary>
    private double NextSigned() => (SplitMix64.Next(ref _state) >> 11) * (1.0 / (1L << 52)) - 1;
}
