using System.CommandLine;
using ToolRM.Cli.Options;
using ToolRM.Cli.Output;
using ToolRM.Engines;
using ToolRM.Verification;

namespace ToolRM.Cli.Commands;

/// <summary><c>toolrm inspect</c>: what a model is and how it would run.</summary>
internal static class InspectCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("inspect", "Show what a model is and how it would run here, without loading its weights.");
        var folder = new Argument<string?>("DIR")
        {
            Description = "The model's folder; default the model that is part of toolrm.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        folder.Validators.Add(SharedOptions.NoUnknownOption);
        Option<bool> json = SharedOptions.Json();
        Option<string> device = SharedOptions.Device();
        Option<int> threads = SharedOptions.Threads();
        Option<string?> kernel = SharedOptions.Kernel();
        Option<string> elementType = SharedOptions.ElementType();
        Option<string?> template = SharedOptions.Template();
        command.Arguments.Add(folder);
        foreach (Option option in (ReadOnlySpan<Option>)[json, device, threads, template, kernel, elementType])
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(folder) is { } path && VerifierFile.IsAlone(path))
            {
                VerifierRewardModel model = await VerifierRewardModel.LoadAsync(path, options: null, cancellationToken).ConfigureAwait(false);
                VerifierSummary.Write(model, terminal, parsed.GetValue(json));
                return ExitCode.Done;
            }

            var request = new EngineRequest
            {
                Device = parsed.GetRequiredValue(device),
                Threads = parsed.GetValue(threads),
                Kernel = parsed.GetValue(kernel),
                ElementType = SharedOptions.ElementTypeOf(parsed.GetValue(elementType)),
                CancellationToken = cancellationToken,
            };
            ModelSummary summary = ModelSummary.Of(parsed.GetValue(folder), request, parsed.GetValue(template));
            if (parsed.GetValue(json))
            {
                ModelSummaryWriter.WriteJson(summary, terminal.Output);
            }
            else
            {
                ModelSummaryWriter.WriteText(summary, terminal);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
