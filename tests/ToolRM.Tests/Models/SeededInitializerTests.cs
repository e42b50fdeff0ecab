using ToolRM.Models;

namespace ToolRM.Tests.Models;

public class SeededInitializerTests
{
    private static readonly ParameterInfo Matrix = new("model.layers.0.mlp.up_proj.weight", 200, 300, ParameterKind.Matrix);

    private static readonly float[] PinnedValues = [0.01325761f, 0.005591638f, -0.0349259f, -0.0085296f, 0.001319246f, 0.002321028f];

    [Fact]
    public void The_values_are_the_same_on_every_machine_and_version()
    {
        // Computed by another implementation; a change of these numbers makes old training runs impossible to repeat.
        float[] values = Read(new SeededInitializer(1), Matrix with { Rows = 1, Columns = 6 });
        values.Should().Equal(PinnedValues);
    }

    [Fact]
    public void Matrices_are_normal_with_the_given_deviation()
    {
        float[] values = Read(new SeededInitializer(7, standardDeviation: 0.05), Matrix);
        double mean = values.Average(), deviation = Math.Sqrt(values.Average(v => (double)v * v));
        mean.Should().BeApproximately(0, 0.001);
        deviation.Should().BeApproximately(0.05, 0.0005);
        values.Count(v => Math.Abs(v) < 0.05).Should().BeInRange((int)(0.675 * values.Length), (int)(0.69 * values.Length));
        values.Count(v => Math.Abs(v) > 0.15).Should().BeInRange((int)(0.002 * values.Length), (int)(0.0035 * values.Length));
    }

    [Fact]
    public void Gains_are_one_and_biases_zero_and_the_head_has_variance_one_over_hidden_plus_one()
    {
        var initializer = new SeededInitializer(3);
        Read(initializer, new("g", 1, 50, ParameterKind.Gain)).Should().OnlyContain(v => v == 1);
        Read(initializer, new("b", 1, 50, ParameterKind.Bias)).Should().OnlyContain(v => v == 0);
        float[] head = Read(initializer, new("score.weight", 1, 9999, ParameterKind.Head));
        head.Average(v => (double)v * v).Should().BeApproximately(1e-4, 5e-6);
    }

    [Fact]
    public void Values_depend_on_seed_and_name_and_not_on_the_order_of_reading()
    {
        var initializer = new SeededInitializer(5);
        ParameterInfo other = Matrix with { Name = "model.layers.1.mlp.up_proj.weight" };
        float[] first = Read(initializer, Matrix), second = Read(initializer, other), again = Read(initializer, Matrix);
        again.Should().Equal(first);
        second.Should().NotEqual(first);
        Read(new SeededInitializer(6), Matrix).Should().NotEqual(first);
    }

    [Fact]
    public void A_destination_of_another_length_is_an_error()
    {
        Action read = () => new SeededInitializer(1).Read(Matrix, new float[5]);
        read.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void The_logarithm_is_exact_to_the_last_places()
    {
        for (double x = 1e-300; x < 1; x *= 1.37)
        {
            NormalRandom.NaturalLogarithm(x).Should().BeApproximately(Math.Log(x), 1e-15 * Math.Max(1, Math.Abs(Math.Log(x))));
        }

        NormalRandom.NaturalLogarithm(1).Should().Be(0);
        NormalRandom.NaturalLogarithm(Math.BitDecrement(1)).Should().BeApproximately(-1.11e-16, 1e-18);
    }

    private static float[] Read(SeededInitializer initializer, ParameterInfo parameter)
    {
        float[] values = new float[parameter.Count];
        initializer.Read(parameter, values);
        return values;
    }
}
