using BenchmarkDotNet.Running;
using ToolRM.Benchmarks.Measurement;

// dotnet run -c Release --project benchmarks/ToolRM.Benchmarks -- [--short] [BenchmarkDotNet's own options]
const string Short = "--short";
string[] options = [.. args.Where(option => option != Short)];

// Without a filter BenchmarkSwitcher would ask what to run, and wait for an answer.
if (!options.Any(option => option is "--filter" or "-f" or "--list" or "--help" or "--info" or "--version"))
{
    options = [.. options, "--filter", "*"];
}

BenchmarkSwitcher.FromAssembly(typeof(BenchmarkConfig).Assembly).Run(options, BenchmarkConfig.Create(isShort: args.Contains(Short)));
