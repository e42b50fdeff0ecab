using System.Numerics.Tensors;
using System.Text;
using System.Text.Json;
using ToolRM.Checkpoints;
using ToolRM.Engines;
using ToolRM.Models;

namespace ToolRM.Training;

/// <summary>
/// The file a run continues from. In the machine's byte order: magic (uint64), version (int32), length and UTF-8 JSON of
/// <see cref="TrainingState"/> (int32, bytes), number of parameters (int32); of each parameter length and UTF-8 name
/// (int32, bytes), number of values (int64), values, first moments, second moments (float32); then the CRC-32C of all of it.
/// </summary>
internal static class TrainingStateFile
{
    private const ulong Magic = 0x3145_5441_5453_4D52; // "RMSTATE1" where the low byte comes first; tells the byte order, too.
    private const int Version = 1;
    private static readonly ParameterPart[] _parts = [ParameterPart.Value, ParameterPart.FirstMoment, ParameterPart.SecondMoment];

    /// <summary>Replaces the file by the state and the engine's parameters and moments, as a whole or not at all.</summary>
    /// <exception cref="TrainingDivergedException">A value is not finite; the old file stays.</exception>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public static void Save(string path, TrainingState state, ITrainingEngine engine) => AtomicFile.Write(path, stream =>
    {
        var writer = new ChecksummedWriter(stream);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(JsonSerializer.SerializeToUtf8Bytes(state, TrainingJson.Default.TrainingState));
        writer.Write(engine.Parameters.Count);
        foreach (ParameterInfo parameter in engine.Parameters)
        {
            writer.Write(Encoding.UTF8.GetBytes(parameter.Name));
            writer.Write(parameter.Count);
            var values = new float[parameter.Count];
            foreach (ParameterPart part in _parts)
            {
                engine.Read(parameter, part, values);
                if (!TensorPrimitives.IsFiniteAll<float>(values))
                {
                    throw new TrainingDivergedException(state.Step, $"parameter '{parameter.Name}' ({part}) holds a value that is not finite");
                }

                writer.Append<float>(values);
            }
        }

        writer.WriteChecksum();
    });

    /// <summary>Reads a state and puts its parameters and moments into the engine, with gradients of zero.</summary>
    /// <exception cref="TrainingStateException">The file is damaged, or its run is not the one of <paramref name="identity"/>.</exception>
    public static TrainingState Load(string path, ITrainingEngine engine, IReadOnlyDictionary<string, string> identity)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            var reader = new ChecksummedReader(stream);
            Require(reader.Read<ulong>() == Magic, "it does not begin as a state written on this kind of machine does");
            int version = reader.Read<int>();
            Require(version == Version, $"its version is {version} and this library reads version {Version}");
            reader.VerifyChecksum();
            TrainingState? state = JsonSerializer.Deserialize(reader.ReadBytes(), TrainingJson.Default.TrainingState);
            Require(state is { Step: >= 0 }, "it names no step");
            RunIdentity.Require(state!.Identity, identity);
            int count = reader.Read<int>();
            Require(count == engine.Parameters.Count, $"it has {count} parameters and the model has {engine.Parameters.Count}");
            foreach (ParameterInfo parameter in engine.Parameters)
            {
                Restore(reader, parameter, engine);
            }

            return state;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidDataException)
        {
            throw new TrainingStateException(
                $"The saved training state '{path}' cannot be continued: {exception.Message} Restore the file from a copy, or start over (Resume = false).",
                exception);
        }
    }

    private static void Restore(ChecksummedReader reader, ParameterInfo parameter, ITrainingEngine engine)
    {
        string name = Encoding.UTF8.GetString(reader.ReadBytes());
        long count = reader.Read<long>();
        Require(
            name == parameter.Name && count == parameter.Count,
            $"it has {count} values of '{name}' where the model has {parameter.Count} of '{parameter.Name}'");
        var values = new float[parameter.Count];
        foreach (ParameterPart part in _parts)
        {
            reader.ReadExactly<float>(values);
            engine.Write(parameter, part, values);
        }

        Array.Clear(values);
        engine.Write(parameter, ParameterPart.Gradient, values);
    }

    private static void Require(bool condition, string finding)
    {
        if (!condition)
        {
            throw new InvalidDataException($"{finding}.");
        }
    }
}
