using Microsoft.Win32.SafeHandles;

namespace ToolRM.Cli.Output;

/// <summary>The process's standard output.</summary>
internal static class StandardOutput
{
    private const int BrokenPipe = 32;
    private const int WindowsBrokenPipe = unchecked((int)0x8007006D);
    private const int WindowsPipeClosing = unchecked((int)0x800700E8);

    /// <summary>
    /// Opens it. The console's own stream ignores that a reader has gone, so that <c>toolrm score … | head</c> would
    /// compute on for nobody; a pipe is therefore written directly. All else, where position and mode are shared with the
    /// caller, is left to the console's stream.
    /// </summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
        {
            return Console.OpenStandardOutput();
        }

        var direct = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return direct.CanSeek ? Console.OpenStandardOutput() : direct;
    }

    /// <summary>Whether a write failed because nobody reads any more.</summary>
    public static bool IsClosed(IOException error) => error.HResult is BrokenPipe or WindowsBrokenPipe or WindowsPipeClosing;
}
