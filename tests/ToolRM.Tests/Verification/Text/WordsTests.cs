using ToolRM.Verification.Text;

namespace ToolRM.Tests.Verification.Text;

public class WordsTests
{
    [Theory]
    [InlineData("Book a table for 2.", "book a table for 2")]
    [InlineData("1,200.50 and 3.5%", "1200.50 and 3.5")]
    [InlineData("3, 5,7", "3 5 7")]
    [InlineData("1234,567", "1234 567")]
    [InlineData("v1.5 at 7pm", "v1.5 at 7pm")]
    [InlineData("iPhone 35R8ZNS6P", "iphone 35r8zns6p")]
    [InlineData("snake_case don't", "snake case don t")]
    [InlineData("São Paulo, Zürich, Łódź", "sao paulo zurich lodz")]
    [InlineData("Sa\u0303o", "sao")]
    [InlineData("Москва и Αθήνα", "москва и αθήνα")]
    [InlineData("東京の天気 ok", "東 京 の 天 気 ok")]
    [InlineData("हिन्दी में", "हिन्दी में")]
    [InlineData(" ... ", "")]
    [InlineData("", "")]
    public void Text_is_cut_into_words(string text, string words) => Join(Words.Scan(text)).Should().Be(words);

    [Theory]
    [InlineData("getUserById", "get user by id")]
    [InlineData("HTTPServer", "http server")]
    [InlineData("userIDs", "user ids")]
    [InlineData("address_line2", "address line 2")]
    [InlineData("find-3D.model", "find 3 d model")]
    [InlineData("", "")]
    public void Identifiers_are_cut_at_case_digits_and_separators(string name, string words) =>
        Join(Words.ScanIdentifier(name)).Should().Be(words);

    [Fact]
    public void A_word_knows_its_place()
    {
        const string Text = "To São 1,000";
        Words.Scan(Text).Select(word => Text.Substring(word.Start, word.Length)).Should().Equal("To", "São", "1,000");
    }

    [Theory]
    [InlineData("cities", "city")]
    [InlineData("movies", "movie")]
    [InlineData("tries", "try")]
    [InlineData("dates", "date")]
    [InlineData("classes", "class")]
    [InlineData("boxes", "box")]
    [InlineData("houses", "house")]
    [InlineData("planning", "plan")]
    [InlineData("planned", "planning")]
    [InlineData("making", "make")]
    [InlineData("named", "name")]
    [InlineData("booking", "books")]
    [InlineData("shared", "share")]
    [InlineData("cancelled", "cancel")]
    [InlineData("calculation", "calculate")]
    [InlineData("translating", "translation")]
    [InlineData("added", "add")]
    [InlineData("strings", "string")]
    [InlineData("installing", "install")]
    public void Forms_of_a_word_have_one_stem(string one, string other) => Words.Stem(one).Should().Be(Words.Stem(other));

    [Theory]
    [InlineData("station", "state")]
    [InlineData("care", "car")]
    [InlineData("note", "not")]
    [InlineData("speed", "spe")]
    [InlineData("string", "str")]
    [InlineData("user", "use")]
    public void Different_words_have_different_stems(string one, string other) => Words.Stem(one).Should().NotBe(Words.Stem(other));

    [Theory]
    [InlineData("status")]
    [InlineData("address")]
    [InlineData("5ths")]
    [InlineData("as")]
    [InlineData("städte")]
    public void Some_words_are_their_own_stem(string word) => Words.Stem(word).Should().Be(word);

    [Fact]
    public void Small_words_are_stop_words()
    {
        Words.IsStopWord("the").Should().BeTrue();
        Words.IsStopWord("table").Should().BeFalse();
    }

    private static string Join(IEnumerable<Word> words) => string.Join(' ', words.Select(word => word.Text));
}
