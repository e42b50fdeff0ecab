namespace ToolRM.Tests.Api;

/// <summary>
/// Which folder of src/ToolRM stands on which floor; single files may have a room of their own. A room knows only rooms
/// below it, and itself.
/// </summary>
internal static class Rooms
{
    /// <summary>The error everything else derives from.</summary>
    private const string Errors = "errors";

    /// <summary>What any reward model takes and gives.</summary>
    private const string Contract = "contract";

    /// <summary>What a user calls; all other files of the root folder.</summary>
    private const string Face = "face";

    private static readonly Dictionary<string, string> _roomOfFile = new()
    {
        ["ToolRMException.cs"] = Errors,
        ["IRewardModel.cs"] = Contract,
        ["DeviceException.cs"] = Contract,
        ["OutOfDeviceMemoryException.cs"] = Contract,
        ["OverLengthException.cs"] = Contract,
        ["OverloadedException.cs"] = Contract,
        ["RankedCandidate.cs"] = Contract,
        ["RewardModelExtensions.cs"] = Contract,
        ["RewardModelOptions.cs"] = Contract,
        ["RewardExplanation.cs"] = Contract,
        ["RewardRequest.cs"] = Contract,
        ["RewardScore.cs"] = Contract,
        ["Tokenization/ITokenizer.cs"] = Contract,
    };

    private static readonly Dictionary<string, int> _floors = new()
    {
        [Errors] = 0,
        ["ToolCalls"] = 1, ["Models"] = 1,
        [Contract] = 2, ["Checkpoints"] = 2,
        ["Tokenization"] = 3, ["Engines"] = 3, ["Verification"] = 3,
        ["Embedded"] = 4, ["Prompts"] = 4, ["Engines/Cpu"] = 4,
        ["Engines/Devices"] = 5, ["Scoring"] = 5, ["Data"] = 5, ["Selection"] = 5,
        [Face] = 6,
        ["Training"] = 7, ["Evaluation"] = 7, ["Synthesis"] = 7,
        ["Recipes"] = 8,
    };

    /// <summary>The room of a file.</summary>
    /// <param name="path">Its path from src/ToolRM, with slashes.</param>
    public static string Of(string path)
    {
        if (_roomOfFile.TryGetValue(path, out string? room))
        {
            return room;
        }

        int slash = path.LastIndexOf('/');
        if (slash < 0)
        {
            return Face;
        }

        // The innermost folder that is a room: Engines/Cpu/Kernels belongs to Engines/Cpu.
        string folder = path[..slash];
        while (!_floors.ContainsKey(folder) && folder.Contains('/'))
        {
            folder = folder[..folder.LastIndexOf('/')];
        }

        return folder;
    }

    /// <summary>The floor of a room; <see langword="null"/> if it has none yet.</summary>
    public static int? FloorOf(string room) => _floors.TryGetValue(room, out int floor) ? floor : null;

    /// <summary>Whether files of a room may use those of another.</summary>
    public static bool MayUse(string room, string other) => room == other || FloorOf(other) < FloorOf(room);
}
