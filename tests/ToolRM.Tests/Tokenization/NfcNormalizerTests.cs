using System.Text.Json;
using ToolRM.Tokenization.Normalization;

namespace ToolRM.Tests.Tokenization;

public sealed class NfcNormalizerTests
{
    private readonly NfcNormalizer _normalizer = new();

    [Fact]
    public void Normal_forms_equal_those_of_an_independent_implementation()
    {
        foreach (JsonElement golden in GoldenFiles.Cases("nfc"))
        {
            Normalize(golden.GetProperty("text").GetString()!).Should().Be(golden.GetProperty("nfc").GetString());
        }
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("plain ASCII", "plain ASCII")]
    [InlineData("e\u0301", "é")]
    [InlineData("\u212B", "Å")] // a singleton
    [InlineData("\u1E9B\u0323", "\u1E9B\u0323")] // the mark below does not join the letter
    [InlineData("q\u0307\u0323", "q\u0323\u0307")] // marks in canonical order
    [InlineData("\u1112\u1161\u11AB", "\uD55C")] // jamo to syllable
    [InlineData("\uAC00\u11A8", "\uAC01")] // syllable and trailing consonant
    [InlineData("\u0958", "\u0915\u093C")] // excluded from composition
    [InlineData("\u0344", "\u0308\u0301")] // decomposes to marks only
    [InlineData("\u0301e\u0301", "\u0301é")] // a mark without a letter
    [InlineData("\uD834\uDD5E", "\uD834\uDD57\uD834\uDD65")] // beyond the basic plane, excluded
    [InlineData("\uD804\uDD31\uD804\uDD27", "\uD804\uDD2E")] // beyond the basic plane, composed
    public void Known_cases_are_normalised(string text, string expected) => Normalize(text).Should().Be(expected);

    [Fact]
    public void Lone_surrogates_become_replacement_characters()
    {
        Normalize("a\uD800b").Should().Be("a\uFFFDb");
        Normalize("\uDC00e\u0301").Should().Be("\uFFFDé");
    }

    [Fact]
    public void A_normalised_text_is_returned_as_it_is()
    {
        ReadOnlySpan<char> text = "déjà vu, 日本, Ω, 안녕, 👍🏽";
        _normalizer.Normalize(text).Overlaps(text).Should().BeTrue("nothing should be copied");
    }

    [Fact]
    public void Normalising_twice_changes_nothing_more()
    {
        var random = new Random(11);
        for (int round = 0; round < 500; round++)
        {
            string once = Normalize(RandomText.Create(random, 60));
            Normalize(once).Should().Be(once);
        }
    }

    [Fact]
    public void A_hundred_thousand_marks_on_one_letter_are_sorted()
    {
        string marks = string.Concat(Enumerable.Repeat("\u0307\u0323", 50_000));
        string expected = "\u1E0D" + new string('\u0323', 49_999) + new string('\u0307', 50_000);
        Normalize("d" + marks).Should().Be(expected);
    }

    private string Normalize(string text) => _normalizer.Normalize(text).ToString();
}
