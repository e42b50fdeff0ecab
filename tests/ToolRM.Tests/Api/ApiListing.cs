using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ToolRM.Tests.Api;

/// <summary>
/// The public types and members of an assembly as text: one type a paragraph, one member a line, all in ordinal order, so that
/// a change of the public surface is a change of a few lines. What the compiler makes for records is left out.
/// </summary>
internal static class ApiListing
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        IEnumerable<string> paragraphs = assembly.GetExportedTypes()
            .OrderBy(type => type.Namespace, StringComparer.Ordinal).ThenBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => string.Join('\n', Lines(type)));
        return string.Join("\n\n", paragraphs) + "\n";
    }

    private static IEnumerable<string> Lines(Type type)
    {
        yield return $"{Head(type)}{Bases(type)}";
        foreach (string line in Members(type).Order(StringComparer.Ordinal))
        {
            yield return $"    {line}";
        }
    }

    private static string Head(Type type)
    {
        string modifier = type.IsValueType
            ? type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : ""
            : type.IsAbstract && type.IsSealed ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "";
        string kind = type.IsEnum ? "enum"
            : type.IsInterface ? "interface"
            : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
            : type.IsValueType ? $"{modifier}{(IsRecord(type) ? "record " : "")}struct"
            : $"{modifier}{(IsRecord(type) ? "record" : "class")}";
        return $"{type.Namespace}: {kind} {ApiNames.Of(type)}";
    }

    private static string Bases(Type type)
    {
        if (type.IsEnum)
        {
            return "";
        }

        var bases = new List<string>();
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
        {
            bases.Add(ApiNames.Of(parent));
        }

        Type[] inherited = [.. type.GetInterfaces().SelectMany(face => face.GetInterfaces()), .. type.BaseType?.GetInterfaces() ?? []];
        IEnumerable<Type> own = type.GetInterfaces().Except(inherited).Where(face => face.IsPublic && !IsOwnEquality(type, face));
        bases.AddRange(own.Select(ApiNames.Of).Order(StringComparer.Ordinal));
        return bases.Count == 0 ? "" : $" : {string.Join(", ", bases)}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(value => $"{Convert.ToInt64(value.GetRawConstantValue(), CultureInfo.InvariantCulture)} = {value.Name}");
        }

        return type.GetConstructors(Declared).Where(IsWritten).Select(ApiMembers.Of)
            .Concat(type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily).Select(ApiMembers.Of))
            .Concat(type.GetProperties(Declared).Where(IsWritten).Select(ApiMembers.Of))
            .Concat(type.GetEvents(Declared).Where(happening => IsVisible(happening.AddMethod!)).Select(ApiMembers.Of))
            .Concat(type.GetMethods(Declared).Where(method => IsWritten(method) && !IsAccessor(method)).Select(ApiMembers.Of));
    }

    private static bool IsWritten(PropertyInfo property) =>
        property.GetAccessors(nonPublic: true).Any(IsVisible) && property.Name != "EqualityContract";

    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool IsWritten(MethodBase method) =>
        IsVisible(method) && !method.IsDefined(typeof(CompilerGeneratedAttribute)) && !method.Name.StartsWith('<');

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    /// <summary>Records print themselves with a method that only the compiler writes.</summary>
    private static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", Declared) is { } print && print.IsDefined(typeof(CompilerGeneratedAttribute));

    private static bool IsOwnEquality(Type type, Type face) =>
        IsRecord(type) && face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEquatable<>);
}
