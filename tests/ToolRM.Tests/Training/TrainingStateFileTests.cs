using ToolRM.Engines;
using ToolRM.Tests.Checkpoints;
using ToolRM.Training;

namespace ToolRM.Tests.Training;

public sealed class TrainingStateFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTrainingEngine _engine = new();
    private readonly Dictionary<string, string> _identity = new() { ["LearningRate"] = "0.1" };

    private string StatePath => _folder.File("state.bin");

    [Fact]
    public void Load_gives_back_what_was_saved()
    {
        var state = new TrainingState { Identity = _identity, Step = 17, EvaluatedStep = 16, LoggedStep = 15, TotalPairs = 1L << 40, TotalTokens = 3 };
        state.Window.Add(Totals(0.1, 1.0 / 3), 0.7, TimeSpan.FromSeconds(2));
        state.BestHeldOut = state.Window.Totals.ToMetrics();
        state.BestStep = 16;
        _engine.Write(_engine.Parameters[0], ParameterPart.SecondMoment, [.. Enumerable.Range(1, 40).Select(i => i * 0.1f)]);
        TrainingStateFile.Save(StatePath, state, _engine);

        var other = new FakeTrainingEngine(seed: 2);
        Array.Fill(other.Gradients("weights"), 5);
        TrainingState loaded = TrainingStateFile.Load(StatePath, other, _identity);

        loaded.Should().BeEquivalentTo(state);
        other.Snapshot().Should().Equal(_engine.Snapshot());
        other.Gradients("weights").Should().OnlyContain(value => value == 0);
    }

    [Fact]
    public void A_changed_byte_is_an_error_that_names_the_file()
    {
        Save();
        byte[] good = File.ReadAllBytes(StatePath);
        for (int i = 0; i < good.Length; i += i < 16 ? 1 : 13)
        {
            byte[] bad = [.. good];
            bad[i] ^= 0x10;
            ShouldBeRefused(bad);
        }
    }

    [Fact]
    public void A_missing_or_added_end_is_an_error()
    {
        Save();
        byte[] good = File.ReadAllBytes(StatePath);
        for (int length = 0; length < good.Length; length += 17)
        {
            ShouldBeRefused(good[..length]);
        }

        ShouldBeRefused([.. good, 0]);
    }

    [Fact]
    public void A_model_of_other_parameters_is_an_error()
    {
        using (FileStream stream = File.Create(StatePath))
        {
            var writer = new ChecksummedWriter(stream);
            writer.Write(0x3145_5441_5453_4D52UL);
            writer.Write(1);
            writer.Write("""{"identity":{"LearningRate":"0.1"},"step":1}"""u8.ToArray());
            writer.Write(2);
            writer.Write("other"u8.ToArray());
            writer.Write(40L);
            writer.WriteChecksum();
        }

        Action load = () => TrainingStateFile.Load(StatePath, _engine, _identity);

        load.Should().Throw<TrainingStateException>().WithMessage("*40 values of 'other'*40 of 'weights'*");
    }

    [Fact]
    public void A_newer_version_is_an_error_that_says_so()
    {
        Save();
        byte[] bytes = File.ReadAllBytes(StatePath);
        bytes[8] = 2;
        File.WriteAllBytes(StatePath, bytes);

        Action load = () => TrainingStateFile.Load(StatePath, _engine, _identity);

        load.Should().Throw<TrainingStateException>().WithMessage("*version is 2*");
    }

    [Theory]
    [InlineData("""{"step":1}""")]
    [InlineData("""{"identity":null,"step":1}""")]
    [InlineData("""{"identity":{"LearningRate":"0.1"},"step":-1}""")]
    [InlineData("""{"identity":{"LearningRate":"0.1"},"step":1,"window":null}""")]
    [InlineData("null")]
    [InlineData("[")]
    public void A_state_that_makes_no_sense_is_an_error(string json)
    {
        using (FileStream stream = File.Create(StatePath))
        {
            var writer = new ChecksummedWriter(stream);
            writer.Write(0x3145_5441_5453_4D52UL);
            writer.Write(1);
            writer.Write(System.Text.Encoding.UTF8.GetBytes(json));
            writer.WriteChecksum();
        }

        Action load = () => TrainingStateFile.Load(StatePath, _engine, _identity);

        load.Should().Throw<TrainingStateException>().WithMessage($"*{StatePath}*");
    }

    [Fact]
    public void Checksum_is_CRC_32C_however_the_bytes_are_split()
    {
        var whole = new Checksum();
        whole.Append("123456789"u8);
        var split = new Checksum();
        split.Append("1"u8);
        split.Append("23456789"u8);

        whole.Value.Should().Be(0xE3069283);
        split.Value.Should().Be(0xE3069283);
    }

    public void Dispose() => _folder.Dispose();

    private void Save() => TrainingStateFile.Save(StatePath, new TrainingState { Identity = _identity, Step = 1 }, _engine);

    private void ShouldBeRefused(byte[] content)
    {
        File.WriteAllBytes(StatePath, content);
        Action load = () => TrainingStateFile.Load(StatePath, new FakeTrainingEngine(), _identity);
        load.Should().Throw<TrainingStateException>().Which.Message.Should().Contain(StatePath);
    }

    private static PairTotals Totals(double chosen, double rejected)
    {
        var totals = new PairTotals();
        totals.Add(chosen, rejected, 0.3);
        return totals;
    }
}
