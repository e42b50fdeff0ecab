namespace ToolRM.Synthesis.Styles;

/// <inheritdoc cref="CorruptionStyle.BrokenName"/>
internal sealed class BrokenName : Corruption
{
    private static readonly string[] _namespaces = ["api", "core", "tools", "util", "service", "data", "math"];

    public override CorruptionStyle Style => CorruptionStyle.BrokenName;

    public override bool Apply(Draft draft)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Tool tool in draft.Tools)
        {
            names.TryAdd(tool.Name, NamespacedName(draft.Dice, tool.Name));
        }

        if (names.Values.Distinct(StringComparer.Ordinal).Count() < names.Count)
        {
            return false;
        }

        for (int i = 0; i < draft.Tools.Count; i++)
        {
            draft.Tools[i] = draft.Tools[i] with { Name = names[draft.Tools[i].Name] };
        }

        foreach (CallDraft call in draft.Chosen)
        {
            call.Name = names[call.Name];
        }

        CallDraft wrong = draft.Dice.Pick(draft.Rejected);
        wrong.Name = Break(draft.Dice, wrong.Name);
        return wrong.Name.Length > 0 && !names.ContainsValue(wrong.Name);
    }

    private static string NamespacedName(Dice dice, string name)
    {
        int end = name.AsSpan().IndexOfAny('_', '.');
        return dice.Next(3) switch
        {
            0 when end > 0 && end < name.Length - 1 => $"{name[..end]}.{name[(end + 1)..]}",
            0 or 1 => $"{dice.Pick(_namespaces)}.{name}",
            _ => name,
        };
    }

    private static string Break(Dice dice, string name) => dice.Next(6) switch
    {
        0 => name[(name.LastIndexOf('.') + 1)..],
        1 => name.Replace('.', '_'),
        2 => name[(name.LastIndexOf('_') + 1)..],
        3 => name.Replace('_', '.'),
        4 => name + "_api",
        _ => name.ToLowerInvariant(),
    };
}
