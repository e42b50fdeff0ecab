using System.CommandLine;
using ToolRM.Checkpoints;
using ToolRM.Cli.Options;
using ToolRM.Cli.Output;
using ToolRM.Verification;

namespace ToolRM.Cli.Commands;

/// <summary><c>toolrm merge</c>: an adapter put on its base model.</summary>
internal static class MergeCommand
{
    private const string Float32 = "f32";

    public static Command Create(Terminal terminal)
    {
        var command = new Command("merge", "Put an adapter (LoRA, as Hugging Face PEFT saves it) on its base model: a model that needs neither.");
        Argument<string> model = Folder("BASE", "The base model's folder."), adapter = Folder("ADAPTER", "The adapter's folder.");
        var output = new Option<string>("--out", "-o") { Description = "Folder of the merged model.", HelpName = "dir", Required = true };
        var type = new Option<string?>("--element-type") { Description = "Type of the weights; default that of the base model's." };
        type.AcceptOnlyFromAmong(Float32);
        Option<bool> json = SharedOptions.Json();
        command.Arguments.Add(model);
        command.Arguments.Add(adapter);
        foreach (Option option in (ReadOnlySpan<Option>)[output, type, json])
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            string target = parsed.GetRequiredValue(output);
            CheckOutput(target);
            MergedAdapter merged = await LongWork.RunAsync(terminal, "Merging", status => Task.Run(
                () => LoraAdapter.MergeAndDescribe(
                    parsed.GetRequiredValue(model),
                    parsed.GetRequiredValue(adapter),
                    target,
                    parsed.GetValue(type) == Float32,
                    new ShareOf(status),
                    cancellationToken),
                cancellationToken)).ConfigureAwait(false);
            if (parsed.GetValue(json))
            {
                WriteJson(merged, target, terminal);
            }
            else
            {
                WriteText(merged, target, terminal);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Argument<string> Folder(string name, string description)
    {
        var folder = new Argument<string>(name) { Description = description };
        folder.Validators.Add(SharedOptions.NoUnknownOption);
        return folder;
    }

    private static void CheckOutput(string folder)
    {
        if (File.Exists(Path.Combine(folder, CheckpointFiles.Config)) || File.Exists(Path.Combine(folder, VerifierFile.Name)))
        {
            throw new ToolRMException($"'{folder}' holds a model already. Choose another folder.");
        }
    }

    private static void WriteJson(MergedAdapter merged, string folder, Terminal terminal)
    {
        var lines = new JsonLines(terminal.Output);
        lines.Add(writer =>
        {
            writer.WriteString("model", folder);
            writer.WriteNumber("matrices", merged.Matrices);
            writer.WriteNumber("rank", merged.Rank);
            writer.WriteNumber("scale", merged.Scale);
            writer.WriteBoolean("head", merged.HasHead);
            writer.WriteString("element_type", merged.Type.ToString());
        });
        lines.Flush();
    }

    private static void WriteText(MergedAdapter merged, string folder, Terminal terminal)
    {
        using StreamWriter text = terminal.TextOutput();
        string head = merged.HasHead ? ", and their reward head taken" : "";
        text.WriteLine(FormattableString.Invariant(
            $"adapters of rank {merged.Rank} merged into {merged.Matrices} matrices{head}: {folder} ({merged.Type})"));
    }
}
