using System.Reflection;

namespace ToolRM.Tests.Api;

/// <summary>Names of types as in C#, with question marks where null is allowed.</summary>
internal static class ApiNames
{
    private static readonly Dictionary<Type, string> _keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(char)] = "char",
        [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(short)] = "short", [typeof(ushort)] = "ushort", [typeof(int)] = "int",
        [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(float)] = "float", [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    public static string Of(Type type) => Of(type, index => Of(type.GetGenericArguments()[index]));

    public static string Of(NullabilityInfo info)
    {
        Type type = info.Type.IsByRef ? info.Type.GetElementType()! : info.Type;
        string name = type.IsArray && info.ElementType is { } element
            ? $"{Of(element)}[]"
            : Of(type, index => Of(info.GenericTypeArguments[index]));
        bool mayBeNull = !type.IsValueType && (info.ReadState == NullabilityState.Nullable || info.WriteState == NullabilityState.Nullable);
        return mayBeNull ? $"{name}?" : name;
    }

    private static string Of(Type type, Func<int, string> argument)
    {
        if (_keywords.TryGetValue(type, out string? keyword))
        {
            return keyword;
        }

        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!)}[]";
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return $"{Of(value)}?";
        }

        string name = type.IsNested && !type.IsGenericParameter ? $"{Of(type.DeclaringType!)}.{type.Name}" : type.Name;
        if (!type.IsGenericType)
        {
            return name;
        }

        IEnumerable<string> arguments = Enumerable.Range(0, type.GetGenericArguments().Length).Select(argument);
        return $"{name.Split('`')[0]}<{string.Join(", ", arguments)}>";
    }
}
