using BenchmarkDotNet.Running;
using ToolRM;
using ToolRM.Benchmarks.Measurement;

// dotnet run -c Release --project benchmarks/ToolRM.Benchmarks -- [--short] [--devices cpu,cuda] [BenchmarkDotNet's own options]
const string Short = "--short";
string[] options;
try
{
    options = [.. BenchmarkDevices.Choose(args).Where(option => option != Short)];
}
catch (ToolRMException error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}

// Without a filter BenchmarkSwitcher would ask what to run, and wait for an answer.
if (!options.Any(option => option is "--filter" or "-f" or "--list" or "--help" or "--info" or "--version"))
{
    options = [.. options, "--filter", "*"];
}

BenchmarkSwitcher.FromAssembly(typeof(BenchmarkConfig).Assembly).Run(options, BenchmarkConfig.Create(isShort: args.Contains(Short)));
return 0;
