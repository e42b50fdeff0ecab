namespace ToolRM.Verification.Schemas;

/// <summary>How a value contradicts its type.</summary>
internal enum TypeViolation
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Null for a string.</summary>
    Null,

    /// <summary>Another JSON type for a string.</summary>
    NotAString,

    /// <summary>A boolean for a number.</summary>
    BooleanForNumber,

    /// <summary>A number with a fraction or decimal point for an integer.</summary>
    FractionForInteger,

    /// <summary>A string for a number.</summary>
    StringForNumber,

    /// <summary>A list, object or null for a number or boolean.</summary>
    StructureForScalar,

    /// <summary>A string or number for a boolean.</summary>
    ScalarForBoolean,

    /// <summary>Something else for a list.</summary>
    NotAList,

    /// <summary>Something else for an object.</summary>
    NotAnObject,

    /// <summary>An item or property of the wrong type.</summary>
    Inside,

    /// <summary>An object with a property that its schema does not have.</summary>
    UnexpectedProperty,

    /// <summary>An object without a property that its schema requires.</summary>
    MissingProperty,
}
