using TorchSharp;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp;

/// <summary>
/// Operations on tensors that take a number. TorchSharp passes a number to native code as an object with a finaliser, and does not
/// keep that object alive meanwhile: a garbage collection in that moment frees what native code is about to read, and the operation
/// fails or, worse, computes with anything. Here every number outlives its call. Even the sum of two tensors has one, by which
/// the second is multiplied.
/// </summary>
internal static class Numbers
{
    private static readonly Scalar _one = 1d.ToScalar(), _hidden = double.NegativeInfinity.ToScalar(), _zero = 0d.ToScalar();

    public static Tensor Plus(this Tensor tensor, Tensor other) => tensor.add(other, _one);

    public static Tensor Plus(this Tensor tensor, double number)
    {
        using Scalar held = number.ToScalar();
        return tensor.add(held, _one);
    }

    public static Tensor Times(this Tensor tensor, double number)
    {
        using Scalar held = number.ToScalar();
        return tensor.mul(held);
    }

    /// <summary>Negative infinity where a mask is true.</summary>
    public static Tensor Hide(this Tensor scores, Tensor hidden) => scores.masked_fill(hidden, _hidden);

    /// <summary>The whole numbers from one up to, not including, another.</summary>
    public static Tensor Count(long first, long end, Device device)
    {
        using Scalar from = first.ToScalar(), to = end.ToScalar(), step = 1L.ToScalar();
        return arange(from, to, step, ScalarType.Int64, device);
    }

    public static Tensor ScaleInPlace(this Tensor tensor, double number)
    {
        using Scalar held = number.ToScalar();
        return tensor.mul_(held);
    }

    public static Tensor AddInPlace(this Tensor tensor, double number)
    {
        using Scalar held = number.ToScalar();
        return tensor.add_(held, _one);
    }

    public static Tensor AddInPlace(this Tensor tensor, Tensor other, double factor)
    {
        using Scalar held = factor.ToScalar();
        return tensor.add_(other, held);
    }

    public static Tensor AddProductInPlace(this Tensor tensor, Tensor one, Tensor other, double factor)
    {
        using Scalar held = factor.ToScalar();
        return tensor.addcmul_(one, other, held);
    }

    public static Tensor AddQuotientInPlace(this Tensor tensor, Tensor dividend, Tensor divisor, double factor)
    {
        using Scalar held = factor.ToScalar();
        return tensor.addcdiv_(dividend, divisor, held);
    }

    /// <summary>Clears a tensor; <c>Tensor.zero_</c> of TorchSharp makes a new one.</summary>
    public static void ClearInPlace(this Tensor tensor) => tensor.fill_(_zero);
}
