using BenchmarkDotNet.Running;
using ToolRM.Benchmarks.Measurement;

// dotnet run -c Release --project benchmarks/ToolRM.Benchmarks -- [--short] [BenchmarkDotNet's own options]
const string Short = "--short";
string[] options = [.. args.Where(option => option != Short)];

// Without options BenchmarkSwitcher would ask what to run, and wait for an answer.
BenchmarkSwitcher.FromAssembly(typeof(BenchmarkConfig).Assembly)
    .Run(options.Length > 0 ? options : ["--filter", "*"], BenchmarkConfig.Create(isShort: args.Contains(Short)));
