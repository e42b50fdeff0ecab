namespace ToolRM.Checkpoints;

/// <summary>
/// Writes folders so that the name stands for the old content or for the whole new one. The new folder is filled beside
/// the old one, then the two change places. Files of the old folder that the new one does not have are kept.
/// </summary>
/// <remarks>
/// Only a crash between two renames can leave the name empty; the old folder is then at <see cref="PreviousOf"/>, and the
/// next write puts it back first. Two processes must not write the same folder at once.
/// </remarks>
internal static class AtomicFolder
{
    /// <summary>Writes a folder.</summary>
    /// <param name="folder">The folder; its parents are created.</param>
    /// <param name="fill">Fills the folder it is given.</param>
    /// <exception cref="CheckpointException">The disk is full, access is denied and the like.</exception>
    public static void Write(string folder, Action<string> fill)
    {
        string target = Resolve(folder), previous = PreviousOf(target), fresh = Sibling(target, "new");
        try
        {
            Prepare(folder);
            DeleteIfThere(fresh);
            Directory.CreateDirectory(fresh);
            fill(fresh);
            if (Directory.Exists(target))
            {
                Directory.Move(target, previous);
            }

            Directory.Move(fresh, target);
            Recover(target);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(folder, $"cannot be written: {exception.Message}", null, exception);
        }
        finally
        {
            TryRestore(target, fresh);
        }
    }

    /// <summary>Makes sure that a folder can be written later, and ends a write that was interrupted.</summary>
    /// <exception cref="CheckpointException">It is a file, the current directory or above it, or access is denied.</exception>
    public static void Prepare(string folder)
    {
        string target = Resolve(folder);
        try
        {
            CheckReplaceable(target, folder);
            Recover(target);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(folder, $"cannot be written: {exception.Message}", null, exception);
        }
    }

    /// <summary>Where the old folder lies while it is being replaced.</summary>
    public static string PreviousOf(string folder) => Sibling(Resolve(folder), "previous");

    /// <summary>Whether the folder is missing because a write was interrupted.</summary>
    public static bool HasInterruptedSave(string folder) => !Directory.Exists(folder) && Directory.Exists(PreviousOf(folder));

    /// <summary>Ends what a write began: puts the old folder back if there is no new one, else moves over what only the old one has.</summary>
    private static void Recover(string target)
    {
        string previous = PreviousOf(target);
        if (!Directory.Exists(previous))
        {
            return;
        }

        if (!Directory.Exists(target))
        {
            Directory.Move(previous, target);
            return;
        }

        foreach (string entry in Directory.EnumerateFileSystemEntries(previous).ToArray())
        {
            string kept = Path.Combine(target, Path.GetFileName(entry));
            if (!Path.Exists(kept))
            {
                Directory.Move(entry, kept);
            }
        }

        Directory.Delete(previous, recursive: true);
    }

    /// <summary>After a failure: leaves the old folder under its name and nothing half-written.</summary>
    private static void TryRestore(string target, string fresh)
    {
        try
        {
            DeleteIfThere(fresh);
            if (HasInterruptedSave(target))
            {
                Recover(target);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The error that led here says more; the next write tries again.
        }
    }

    private static void CheckReplaceable(string target, string folder)
    {
        if (File.Exists(target))
        {
            throw new CheckpointException(folder, "is a file, where a folder is to be written");
        }

        string current = Resolve(Directory.GetCurrentDirectory()) + Path.DirectorySeparatorChar;
        if (Directory.Exists(target) && current.StartsWith(target + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new CheckpointException(folder, "is the current directory or above it, and cannot be replaced: name another folder");
        }
    }

    private static void DeleteIfThere(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The full path, through a link if the folder is one.</summary>
    private static string Resolve(string folder)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return Directory.Exists(full) && Directory.ResolveLinkTarget(full, returnFinalTarget: true) is { } linked ? linked.FullName : full;
    }

    private static string Sibling(string target, string role) =>
        Path.GetDirectoryName(target) is { } parent
            ? Path.Combine(parent, $".{Path.GetFileName(target)}.toolrm-{role}")
            : throw new CheckpointException(target, "is the root of a file system, where no checkpoint can be written");
}
