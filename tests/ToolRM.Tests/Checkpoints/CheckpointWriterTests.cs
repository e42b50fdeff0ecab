using ToolRM.Checkpoints;
using ToolRM.Models;
using ToolRM.Tests.Models;

namespace ToolRM.Tests.Checkpoints;

public class CheckpointWriterTests
{
    private static readonly byte[] Tokenizer = "{\"model\":{}}"u8.ToArray();

    [Theory]
    [InlineData(TensorType.F32, 0)]
    [InlineData(TensorType.BF16, 1.0 / 256)]
    public void What_is_saved_is_opened_again(object tensorType, double tolerance)
    {
        var type = (TensorType)tensorType;
        using var folder = new TemporaryFolder();
        string target = folder.File("deep/model");
        CheckpointWriter.Save(target, TestConfigs.Qwen2, new SeededInitializer(4), Tokenizer, type);

        using var checkpoint = Checkpoint.OpenFolder(target);
        checkpoint.Config.Should().Be(TestConfigs.Qwen2);
        checkpoint.Report.ElementTypes.Should().Be(type.ToString());
        File.ReadAllBytes(checkpoint.TokenizerPath!).Should().Equal(Tokenizer);
        foreach (ParameterInfo parameter in ParameterLayout.For(TestConfigs.Qwen2))
        {
            float[] values = new float[parameter.Count], expected = new float[parameter.Count];
            checkpoint.Read(parameter, values);
            new SeededInitializer(4).Read(parameter, expected);
            values.Zip(expected).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= tolerance * Math.Abs(pair.Second));
        }

        Directory.GetFileSystemEntries(folder.File("deep")).Should().ContainSingle();
    }

    [Fact]
    public void A_checkpoint_is_replaced_as_a_whole_and_other_files_are_kept()
    {
        using var folder = new TemporaryFolder();
        string target = folder.File("model");
        CheckpointWriter.Save(target, TestConfigs.Qwen2, new SeededInitializer(1), Tokenizer, addFiles: fresh => File.WriteAllText(Path.Combine(fresh, "state.json"), "1"));
        File.WriteAllText(Path.Combine(target, "notes.md"), "mine");
        Directory.CreateDirectory(Path.Combine(target, "logs"));
        CheckpointWriter.Save(target, TestConfigs.Llama, new SeededInitializer(2), default, addFiles: fresh => File.WriteAllText(Path.Combine(fresh, "state.json"), "2"));

        using var checkpoint = Checkpoint.OpenFolder(target);
        checkpoint.Config.ModelType.Should().Be("llama");
        File.ReadAllText(Path.Combine(target, "state.json")).Should().Be("2");
        File.ReadAllText(Path.Combine(target, "notes.md")).Should().Be("mine");
        Directory.Exists(Path.Combine(target, "logs")).Should().BeTrue();
        Directory.GetFileSystemEntries(folder.Path).Should().ContainSingle();
    }

    [Fact]
    public void A_failed_or_cancelled_save_leaves_the_old_checkpoint()
    {
        using var folder = new TemporaryFolder();
        string target = folder.File("model");
        CheckpointWriter.Save(target, TestConfigs.Qwen2, new SeededInitializer(1), Tokenizer);
        byte[] weights = File.ReadAllBytes(Path.Combine(target, "model.safetensors"));

        Action failing = () => CheckpointWriter.Save(
            target, TestConfigs.Llama, new SeededInitializer(2), Tokenizer, addFiles: _ => throw new IOException("disk full"));
        Action cancelled = () => CheckpointWriter.Save(
            target, TestConfigs.Llama, new SeededInitializer(2), Tokenizer, cancellationToken: new CancellationToken(canceled: true));
        Action impossible = () => CheckpointWriter.Save(target, TestConfigs.Llama with { Heads = 0 }, new SeededInitializer(2), Tokenizer);
        failing.Should().Throw<CheckpointException>().WithMessage("*disk full*");
        cancelled.Should().Throw<OperationCanceledException>();
        impossible.Should().Throw<ArgumentException>();

        File.ReadAllBytes(Path.Combine(target, "model.safetensors")).Should().Equal(weights);
        Checkpoint.OpenFolder(target).Dispose();
        Directory.GetFileSystemEntries(folder.Path).Should().ContainSingle();
    }

    [Fact]
    public void After_a_crash_between_the_renames_the_old_checkpoint_is_named_and_then_put_back()
    {
        using var folder = new TemporaryFolder();
        string target = folder.File("model");
        CheckpointWriter.Save(target, TestConfigs.Qwen2, new SeededInitializer(1), Tokenizer);
        File.WriteAllText(Path.Combine(target, "notes.md"), "mine");
        Directory.Move(target, AtomicFolder.PreviousOf(target));

        Action open = () => Checkpoint.OpenFolder(target).Dispose();
        open.Should().Throw<CheckpointException>().WithMessage("*interrupted*toolrm-previous*");
        CheckpointWriter.Save(target, TestConfigs.Llama, new SeededInitializer(2), Tokenizer);
        File.ReadAllText(Path.Combine(target, "notes.md")).Should().Be("mine");
        Directory.GetFileSystemEntries(folder.Path).Should().ContainSingle();
    }

    [Fact]
    public void A_link_to_a_folder_stays_a_link()
    {
        using var folder = new TemporaryFolder();
        string target = folder.File("real"), link = folder.File("link");
        CheckpointWriter.Save(target, TestConfigs.Qwen2, new SeededInitializer(1), Tokenizer);
        Directory.CreateSymbolicLink(link, target);
        CheckpointWriter.Save(link, TestConfigs.Llama, new SeededInitializer(1), Tokenizer);
        new DirectoryInfo(link).LinkTarget.Should().Be(target);
        using var checkpoint = Checkpoint.OpenFolder(target);
        checkpoint.Config.ModelType.Should().Be("llama");
    }

    [Fact]
    public void Files_the_root_and_the_current_folder_are_not_replaced()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("file", "x");
        foreach (string target in new[] { file, "/", ".", ".." })
        {
            Action save = () => CheckpointWriter.Save(target, TestConfigs.Qwen2, new SeededInitializer(1), Tokenizer);
            save.Should().Throw<CheckpointException>();
        }

        File.ReadAllText(file).Should().Be("x");
    }
}
