using System.Text.Json;
using ToolRM.ToolCalls.Schemas;
using ToolRM.Verification.Schemas;

namespace ToolRM.Synthesis;

/// <summary>Values that a model could give a parameter without being told any.</summary>
internal static class PlausibleValue
{
    /// <summary>A value for the parameter, of its type.</summary>
    public static JsonElement For(ParameterFacts parameter, Draft draft)
    {
        JsonTypes types = parameter.Types;
        Dice dice = draft.Dice;
        if (parameter.Enum is { Count: > 0 } values)
        {
            JsonElement value = dice.Pick(values);
            return Fits(value, types) ? value : Scalars.Of([value]);
        }

        if (types.Has(JsonTypes.String))
        {
            return Text(parameter, draft);
        }

        return types.Has(JsonTypes.Boolean) ? Scalars.Of(dice.Chance(0.7))
            : types.Has(JsonTypes.Integer) ? Number(parameter, draft)
            : types.Has(JsonTypes.Array) ? Scalars.Of([dice.Pick(draft.Pools.AnyValues)])
            : types.Has(JsonTypes.Object) ? JsonElement.Parse("{}")
            : JsonValues.Null;
    }

    /// <summary>Whether a value is of one of the types.</summary>
    public static bool Fits(JsonElement value, JsonTypes types) => types.Has(JsonTypesExtensions.TypeOf(value));

    /// <summary>Whether a value is of a type that the parameter may have, and allowed.</summary>
    public static bool Fits(JsonElement value, ParameterFacts parameter) =>
        Fits(value, parameter.Types) && (parameter.Enum is null || parameter.Enum.Any(allowed => JsonElement.DeepEquals(allowed, value)));

    private static JsonElement Text(ParameterFacts parameter, Draft draft)
    {
        Dice dice = draft.Dice;
        IReadOnlyList<JsonElement> pool = Pool(parameter, draft);
        return parameter.Examples.Count > 0 && dice.Chance(0.4) ? Scalars.Of(dice.Pick(parameter.Examples))
            : pool.Count > 0 ? Scalars.Of(Scalars.InWords(dice.Pick(pool)))
            : Scalars.Of(dice.OneOf(parameter.Name, "default", "string", "any", Scalars.InWords(dice.Pick(draft.Pools.AnyValues)), ""));
    }

    private static JsonElement Number(ParameterFacts parameter, Draft draft)
    {
        Dice dice = draft.Dice;
        IReadOnlyList<JsonElement> pool = Pool(parameter, draft);
        return pool.Count > 0 && dice.Pick(pool) is var value && Fits(value, parameter.Types) ? value
            : parameter.Types.Has(JsonTypes.Fraction) ? Scalars.Of(dice.OneOf<decimal>(0, 0.5m, 1, 2.5m, 5, 10, 50, 100))
            : Scalars.Of(dice.OneOf<decimal>(0, 1, 1, 2, 3, 4, 5, 10, 20, 50, 100));
    }

    /// <summary>Values of the same kind, and now and then those of any parameter of that name, which models confuse.</summary>
    private static IReadOnlyList<JsonElement> Pool(ParameterFacts parameter, Draft draft) =>
        draft.Dice.Chance(0.7) ? draft.Pools.ValuesOf(parameter) : draft.Pools.ValuesOfName(parameter.Name);
}
