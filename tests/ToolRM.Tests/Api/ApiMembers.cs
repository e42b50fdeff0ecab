using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ToolRM.Tests.Api;

/// <summary>Members as one line of C#-like text.</summary>
internal static class ApiMembers
{
    private static readonly NullabilityInfoContext _nullability = new();

    public static string Of(ConstructorInfo constructor) =>
        $"{Access(constructor)}new({Parameters(constructor)})";

    public static string Of(FieldInfo field)
    {
        string value = field.IsLiteral ? $" = {Value(field.GetRawConstantValue())}" : "";
        string kind = field.IsLiteral ? "const " : $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}";
        return $"{kind}{ApiNames.Of(_nullability.Create(field))} {field.Name}{value}";
    }

    public static string Of(EventInfo happening) => $"event {ApiNames.Of(happening.EventHandlerType!)} {happening.Name}";

    public static string Of(PropertyInfo property)
    {
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        ParameterInfo[] index = property.GetIndexParameters();
        string name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Of))}]";
        MethodInfo[] all = property.GetAccessors(nonPublic: true);
        string accessors = string.Concat(all.Where(accessor => accessor.IsPublic || accessor.IsFamily).Select(Accessor));
        return $"{Modifiers(all[0])}{required}{ApiNames.Of(_nullability.Create(property))} {name} {{ {accessors}}}";
    }

    public static string Of(MethodInfo method)
    {
        string extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        string generic = method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(ApiNames.Of))}>" : "";
        string result = ApiNames.Of(_nullability.Create(method.ReturnParameter));
        return $"{Access(method)}{Modifiers(method)}{result} {method.Name}{generic}({extension}{Parameters(method)})";
    }

    private static string Of(ParameterInfo parameter)
    {
        string kind = parameter.IsOut ? "out "
            : parameter.ParameterType.IsByRef ? parameter.IsIn ? "in " : "ref "
            : parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params "
            : "";
        string standard = parameter.HasDefaultValue ? $" = {Value(parameter.RawDefaultValue)}" : "";
        return $"{kind}{ApiNames.Of(_nullability.Create(parameter))} {parameter.Name}{standard}";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Of));

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifiers(MethodInfo method)
    {
        bool isNew = method.GetBaseDefinition() == method;
        return method.IsStatic ? "static "
            : method.DeclaringType!.IsInterface ? method.IsAbstract ? "" : "default "
            : method.IsAbstract ? "abstract "
            : !method.IsVirtual || (method.IsFinal && isNew) ? ""
            : isNew ? "virtual "
            : "override ";
    }

    private static string Accessor(MethodInfo accessor)
    {
        bool isInit = accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
        string access = accessor.IsPublic ? "" : "protected ";
        return access + (accessor.ReturnType != typeof(void) ? "get; " : isInit ? "init; " : "set; ");
    }

    private static string Value(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
