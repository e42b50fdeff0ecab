using System.Text.RegularExpressions;
using ToolRM.Tokenization;
using ToolRM.Tokenization.Splitting;

namespace ToolRM.Tests.Tokenization;

public sealed class SplitterTests
{
    public static TheoryData<string> ScannedPatterns => [SplitPatterns.Gpt2, SplitPatterns.Qwen2, SplitPatterns.Llama3, SplitPatterns.Identifiers];

    [Theory]
    [MemberData(nameof(ScannedPatterns))]
    public void A_scanner_cuts_as_the_regular_expression_does(string pattern)
    {
        Splitter scanner = SplitPatterns.Create(pattern, PieceSelection.All);
        scanner.Should().BeAssignableTo<ScanningSplitter>();

        // In patterns over Unicode, s and U+017F are the same letter when case does not count; .NET has its own table.
        var regex = new RegexSplitter(pattern.Replace("(?i:'s", "(?i:'s|'\u017F", StringComparison.Ordinal), PieceSelection.All);
        var random = new Random(7);
        for (int round = 0; round < 6000; round++)
        {
            string text = RandomText.Create(random, 24, invalid: true);
            Pieces(scanner, text).Should().Equal(Pieces(regex, text), "of the text {0}", Escape(text));
        }
    }

    [Theory]
    [MemberData(nameof(ScannedPatterns))]
    public void A_scanner_agrees_with_plain_dotnet_matches_on_every_character_of_the_basic_plane(string pattern)
    {
        Splitter scanner = SplitPatterns.Create(pattern, PieceSelection.All);
        var regex = new Regex(pattern, RegexOptions.CultureInvariant);
        for (int value = 0; value <= char.MaxValue; value += 16)
        {
            string text = string.Concat(Enumerable.Range(value, 16).Where(c => !char.IsSurrogate((char)c)).Select(c => $" {(char)c}a{(char)c}{(char)c} "));
            Pieces(scanner, text).Should().Equal(regex.Matches(text).Select(match => match.Value));
        }
    }

    [Theory]
    [InlineData("getJournalistById", "get|Journalist|By|Id")]
    [InlineData("{\"journalist_id\": 42}", "{\"|journalist|_|id|\":| |42|}")]
    [InlineData("parseHTTPRequest URLs X", "parse|HTTP|Request| UR|Ls| X")]
    [InlineData("in 2024-05-17T19:30", "in| |20|24|-|05|-|17|T|19|:|30")]
    [InlineData("12345 a  b\n\n  c \t", "12|34|5| a| | b|\n\n| | c| \t")]
    [InlineData("cafe\u0301 \u0301x 東京です", "cafe\u0301| \u0301x| 東京です")]
    [InlineData("\U00010400\U00010401\U00010428 \U0001D7D8\U0001D7D9\U0001D7DA 👋👋", "\U00010400|\U00010401\U00010428| |\U0001D7D8\U0001D7D9|\U0001D7DA| 👋👋")]
    public void The_default_pattern_cuts_identifiers_and_prose_into_the_same_words(string text, string expected) =>
        string.Join('|', Pieces(IdentifierSplitter.Instance, text)).Should().Be(expected);

    [Theory]
    [InlineData("I'LL we've 'sun y'sun", "I|'LL| we|'ve| '|sun| y|'s|un")]
    [InlineData("a\t\tb (c) 1234 x", "a|\t|\tb| (|c|)| |123|4| x")]
    [InlineData("?!\r\n\r\n  x", "?!\r\n\r\n| | x")]
    [InlineData("👋hello 𝐀𝐁", "👋hello| 𝐀𝐁")]
    public void The_pattern_of_Llama_3_cuts_known_texts_as_known(string text, string expected) =>
        string.Join('|', Pieces(GptSplitter.Modern(digits: 3), text)).Should().Be(expected);

    [Theory]
    [InlineData(nameof(PieceSelection.All), "a|12|b|𝟘|c")]
    [InlineData(nameof(PieceSelection.Gaps), "a|b|c")]
    [InlineData(nameof(PieceSelection.Matches), "12|𝟘")]
    public void A_regular_expression_keeps_what_is_asked_for(string kept, string expected) =>
        string.Join('|', Pieces(new RegexSplitter(@"\p{N}+", Enum.Parse<PieceSelection>(kept)), "a12b𝟘c")).Should().Be(expected);

    [Fact]
    public void A_pattern_that_names_characters_beyond_the_basic_plane_finds_them() =>
        Pieces(new RegexSplitter("👋", PieceSelection.All), "a👋🏽b👋").Should().Equal("a", "👋", "🏽b", "👋");

    [Theory]
    [InlineData(true, "a|1|2|b|𝟘|³")]
    [InlineData(false, "a|12|b|𝟘³")]
    public void Digits_are_cut_out(bool individual, string expected) =>
        string.Join('|', Pieces(new DigitSplitter(individual), "a12b𝟘³")).Should().Be(expected);

    [Fact]
    public void A_sequence_splits_the_pieces_of_its_first_part() =>
        Pieces(new SequenceSplitter(new DigitSplitter(individual: true), GptSplitter.Gpt2), "go to 10 or").Should().Equal("go", " to", " ", "1", "0", " or");

    [Fact]
    public void A_pattern_dotnet_does_not_know_is_an_error_that_says_so()
    {
        Func<object> create = () => new RegexSplitter(@"\p{L}++", PieceSelection.All);
        create.Should().Throw<TokenizerFormatException>().WithMessage("*split pattern*");
    }

    private static List<string> Pieces(Splitter splitter, string text)
    {
        var sink = new Collector();
        splitter.Split(text, sink);
        return sink.Pieces;
    }

    private static string Escape(string text) => string.Concat(text.Select(c => c is >= ' ' and < '\u007F' ? $"{c}" : $"\\u{(int)c:X4}"));

    private sealed class Collector : IPieceSink
    {
        public List<string> Pieces { get; } = [];

        public void Add(ReadOnlySpan<char> piece) => Pieces.Add(piece.ToString());
    }
}
