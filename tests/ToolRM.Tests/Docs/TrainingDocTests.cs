using ToolRM.Synthesis;

namespace ToolRM.Tests.Docs;

/// <summary>What docs/training.md lists is what the library has.</summary>
public sealed class TrainingDocTests
{
    [Fact]
    public void Page_tells_what_every_style_of_corruption_does() =>
        PagePart.FirstColumn("docs/training.md", "| style | the wrong side |").Should().Equal(Enum.GetNames<CorruptionStyle>());
}
