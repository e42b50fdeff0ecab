using ToolRM.Prompts;

namespace ToolRM.Tests.Prompts;

public class NameCipherTests
{
    private static readonly string[] _names =
    [
        .. Enumerable.Range(0, 500).Select(i => $"name_{i}"),
        "", " ", "get_weather", "Größe", "\ud83d\ude00", "\ud83d", new string('x', 5_000),
    ];

    private static string[] Of(ulong seed, IEnumerable<string> names)
    {
        var cipher = new NameCipher(seed);
        return [.. names.Select(name => NameCipher.Apply(cipher, name))];
    }

    [Fact]
    public void The_same_name_has_the_same_cipher_whenever_it_is_asked_for()
    {
        var cipher = new NameCipher(7);
        string first = NameCipher.Apply(cipher, "city");

        Of(7, _names.Reverse()).Reverse().Should().Equal(Of(7, _names));
        Of(7, ["a", "city", "b", "city"]).Should().HaveElementAt(1, first).And.HaveElementAt(3, first);
        NameCipher.Apply(cipher, "city").Should().Be(first);
    }

    [Theory]
    [InlineData(0, "get_weather", "jxpj")]
    [InlineData(7, "get_weather", "lkcs")]
    [InlineData(7, "city", "bggk")]
    [InlineData(7, "Größe", "kcvl")]
    [InlineData(7, "", "nqzq")]
    public void Ciphers_are_the_same_on_every_machine(ulong seed, string name, string expected) =>
        NameCipher.Apply(new NameCipher(seed), name).Should().Be(expected);

    [Fact]
    public void Another_seed_gives_other_names() =>
        Of(1, _names).Zip(Of(2, _names)).Count(pair => pair.First == pair.Second).Should().BeLessThan(3);

    [Fact]
    public void Ciphers_are_four_consonants_that_say_nothing() =>
        Of(3, _names).Should().OnlyContain(name => name.Length == 4 && name.All("bcdfghjklmnpqrstvwxz".Contains));

    [Fact]
    public void Different_names_have_different_ciphers_but_for_chance() =>
        Of(3, _names).Distinct().Count().Should().BeGreaterThan(_names.Length - 4);

    [Fact]
    public void Without_a_cipher_names_stay() => NameCipher.Apply(null, "get_weather").Should().Be("get_weather");
}
