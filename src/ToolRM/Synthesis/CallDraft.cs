using System.Text.Json;
using ToolRM.ToolCalls.Parsing;

namespace ToolRM.Synthesis;

/// <summary>A call while it is edited. Its values are immutable and shared.</summary>
internal sealed class CallDraft
{
    private readonly List<KeyValuePair<string, JsonElement>> _arguments;

    public CallDraft(string name, IEnumerable<KeyValuePair<string, JsonElement>> arguments)
    {
        Name = name;
        _arguments = [.. arguments];
    }

    public string Name { get; set; }

    /// <summary>The arguments in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Arguments => _arguments;

    /// <summary>The value of an argument; undefined if there is none. Setting it changes it in place, or appends it.</summary>
    public JsonElement this[string name]
    {
        get => IndexOf(name) is >= 0 and var index ? _arguments[index].Value : default;
        set
        {
            int index = IndexOf(name);
            if (index < 0)
            {
                _arguments.Add(new(name, value));
            }
            else
            {
                _arguments[index] = new(name, value);
            }
        }
    }

    /// <summary>The call as a draft; of arguments of the same name the last counts.</summary>
    public static CallDraft Of(ToolCall call)
    {
        var draft = new CallDraft(call.Name, []);
        foreach (JsonProperty argument in call.Arguments.EnumerateObject())
        {
            draft[argument.Name] = argument.Value;
        }

        return draft;
    }

    public bool Has(string name) => IndexOf(name) >= 0;

    public void Remove(string name) => _arguments.RemoveAll(argument => argument.Key == name);

    public void Clear() => _arguments.Clear();

    /// <summary>Gives an argument another name, in its place; one that has that name already goes.</summary>
    public void Rename(string name, string newName)
    {
        if (name != newName)
        {
            Remove(newName);
            int index = IndexOf(name);
            _arguments[index] = new(newName, _arguments[index].Value);
        }
    }

    public CallDraft Clone() => new(Name, _arguments);

    public ToolCall ToCall() => new(Name, JsonBuild.Object(_arguments));

    private int IndexOf(string name) => _arguments.FindIndex(argument => argument.Key == name);
}
