using ToolRM.Verification.Text;

namespace ToolRM.Tests.Verification.Text;

public class ConversationTests
{
    [Fact]
    public void All_messages_and_arguments_of_earlier_calls_are_read()
    {
        var conversation = Conversation.Read(
        [
            ChatMessage.System("Be brief."),
            ChatMessage.User("Find Hotels in Rome"),
            new ChatMessage(ChatRole.Assistant, null) { ToolCalls = [ToolCall.Parse("find", """{"place":"Lazio","n":[3,true]}""")] },
            ChatMessage.User("Book the first"),
        ]);

        conversation.Text.Should().Be("Be brief.\nFind Hotels in Rome\n\nLazio\n3\nBook the first\n");
        conversation.Lower.Should().Be(conversation.Text.ToLowerInvariant());
        conversation.LastTurn.Should().Be("Book the first");
        conversation.WordSet.Should().Contain(["hotels", "lazio", "3"]).And.NotContain("hotel");
        conversation.Stems.Should().Contain("hotel");
        conversation.UserStems.Should().Contain(["hotel", "book"]).And.NotContain("lazio");
        conversation.LastTurnStems.Should().BeEquivalentTo(["book", "the", "first"]);
        conversation.LastTurnWords[0].Start.Should().Be(0);
    }

    [Fact]
    public void A_conversation_without_a_user_is_empty_but_whole()
    {
        Conversation conversation = Conversation.Read([]);

        conversation.LastTurn.Should().BeEmpty();
        conversation.Words.Should().BeEmpty();
        conversation.Locate("x").Should().BeEmpty();
    }

    [Fact]
    public void Words_are_found_at_their_places()
    {
        Conversation conversation = Say("New York, then York");

        conversation.Positions("york").Should().Equal(1, 3);
        conversation.Positions("boston").Should().BeEmpty();
        conversation.ContainsPhrase(Words.Scan("new york")).Should().BeTrue();
        conversation.ContainsPhrase(Words.Scan("york new")).Should().BeFalse();
        conversation.ContainsPhrase([]).Should().BeFalse();
    }

    [Theory]
    [InlineData("new york", "1-2")]
    [InlineData("New Jersey", "1-1 4-4 6-6 8-8")]
    [InlineData("york", "2-2")]
    [InlineData("2", "3-3")]
    [InlineData("2.0", "3-3")]
    [InlineData("boston", "")]
    [InlineData("?", "")]
    public void Values_are_located(string value, string places) =>
        string.Join(' ', Say("To New York two new or new at new").Locate(value).Select(place => $"{place.First}-{place.Last}"))
            .Should().Be(places);

    [Theory]
    [InlineData("Book a table at Olive Garden in San Jose.", "Olive Garden|San Jose")]
    [InlineData("Boston is nice. Denver too. See Miami!", "Miami")]
    [InlineData("I think I'd like Tom's flat in May for Monday 5 PM", "Tom")]
    [InlineData("flight UA 512 to Zürich", "UA 512|Zürich")]
    [InlineData("nothing at all", "")]
    public void Names_are_capitalised_words_within_sentences(string text, string names) =>
        string.Join('|', Say(text).Names).Should().Be(names);

    [Theory]
    [InlineData("Play \"Hey Jude\" by 'The Beatles'", "Hey Jude|The Beatles")]
    [InlineData("It's Tom's and don't say 'so'", "so")]
    [InlineData("“Yes” and `x1` and 'a'", "Yes|x1")]
    [InlineData("an 'open one", "")]
    public void Quotes_are_found(string text, string quotes) => string.Join('|', Say(text).Quotes).Should().Be(quotes);

    [Theory]
    [InlineData("I don't smoke", true)]
    [InlineData("I don’t smoke", true)]
    [InlineData("without sugar", true)]
    [InlineData("a note on north", false)]
    public void Negations_are_noticed(string text, bool isNegated) => Say(text).HasNegation.Should().Be(isNegated);

    [Fact]
    public void Only_the_user_negates() =>
        Conversation.Read([ChatMessage.System("Do not invent values."), ChatMessage.User("Rome")]).HasNegation.Should().BeFalse();

    [Theory]
    [InlineData("Rome and Paris; then both", 4, 0)]
    [InlineData("one, after that another as well as this", 2, 0)]
    [InlineData("Add 3, 5 and 7", 1, 2)]
    [InlineData("on May 5, 2024", 0, 0)]
    [InlineData("just 3 5", 0, 0)]
    public void Signs_of_several_things_are_counted(string text, int cues, int numberLists)
    {
        Conversation conversation = Say(text);

        (conversation.ListCues, conversation.NumberLists).Should().Be((cues, numberLists));
    }

    [Fact]
    public void Respectively_is_noticed()
    {
        Say("to Rome and Paris respectively").SaysRespectively.Should().BeTrue();
        Say("with respect").SaysRespectively.Should().BeFalse();
    }

    private static Conversation Say(string text) => Conversation.Read([ChatMessage.User(text)]);
}
