using Microsoft.CodeAnalysis;

namespace ToolRM.Tests.Api;

/// <summary>The assemblies of this process, as references for compilations in tests: .NET, ToolRM and what it depends on.</summary>
internal static class PlatformReferences
{
    public static IReadOnlyList<PortableExecutableReference> All { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => path.EndsWith(".dll", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];
}
