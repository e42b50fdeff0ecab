using System.Text;
using ToolRM.Checkpoints;
using ToolRM.Tests.Checkpoints;
using ToolRM.Verification;

namespace ToolRM.Tests.Verification;

public sealed class VerifierFileTests
{
    private const string Good = """
        {
          "format": 1,
          "feature_set": "7",
          "bias": 0.5,
          "features": [
            {"name":"schema.a","weight":-0.125,"mean":0.1,"scale":0.15},
            {"name":"schema.b","weight":0,"mean":-2,"scale":3}
          ]
        }
        """;

    private static readonly FeatureNames _names = new("7", ["schema.a", "schema.b"]);
    private static readonly LinearHead _head = new([new(-0.125f, 0.1f, 0.15f), new(0, -2, 3)], 0.5f);

    private static LinearHead Read(string json) => VerifierFile.Read(Encoding.UTF8.GetBytes(json), "v.json", _names);

    [Fact]
    public void File_is_readable_text_with_one_feature_a_line_in_the_order_of_the_vector()
    {
        using var stream = new MemoryStream();

        VerifierFile.Write(stream, _head, _names);

        Encoding.UTF8.GetString(stream.ToArray()).Should().Be(Good.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Saved_model_is_loaded_bit_for_bit()
    {
        using var folder = new TemporaryFolder();
        string target = folder.File("deep/model");
        var head = new LinearHead([new(1 / 3f, float.Epsilon, 0.1f), new(-0f, float.MaxValue, 1e-7f)], MathF.PI);

        VerifierFile.Write(target, _head, _names);
        VerifierFile.Write(target, head, _names);
        LinearHead loaded = VerifierFile.Read(target, _names);

        loaded.Features.Should().Equal(head.Features);
        loaded.Bias.Should().Be(head.Bias);
        Directory.GetFiles(target).Should().ContainSingle("no temporary file is left");
    }

    [Fact]
    public void Features_are_found_by_their_names_whatever_their_order()
    {
        LinearHead loaded = Read("""
            {"features":[{"scale":3,"name":"schema.b","weight":4,"mean":-2},{"name":"schema.a","weight":1,"mean":0,"scale":1}],
             "bias":0.5,"feature_set":"7","format":1,"note":"kept by hand"}
            """);

        loaded.Features.Should().Equal(new FeatureWeight(1, 0, 1), new FeatureWeight(4, -2, 3));
    }

    [Theory]
    [InlineData("\"7\"", "\"6\"", "*of version '6'*computes version '7'*train it again*")]
    [InlineData("\"7\"", "null", "*of version 'none'*train it again*")]
    [InlineData("schema.b", "schema.c", "*without 'schema.b'*train it again*")]
    [InlineData("  ]", ", {\"name\":\"x\\u0007\",\"weight\":0,\"mean\":0,\"scale\":1}]", "*among them 'x?'*train it again*")]
    public void Model_of_other_features_is_refused_with_what_to_do(string found, string replacement, string message)
    {
        FluentActions.Invoking(() => Read(Good.Replace(found, replacement, StringComparison.Ordinal)))
            .Should().Throw<CheckpointException>().WithMessage("v.json: was trained on other features" + message);
    }

    [Theory]
    [InlineData("\"format\": 1", "\"format\": 2", "*format 2*1 is expected*")]
    [InlineData("\"format\": 1,", "", "*'format' is missing*")]
    [InlineData("0.5", "\"0.5\"", "*'bias' must be a number*")]
    [InlineData("0.5", "1e39", "*'bias' is larger*")]
    [InlineData("-0.125", "1e400", "*'features[0].weight' must be a number*")]
    [InlineData("-0.125", "-1e39", "*'weight' is larger*")]
    [InlineData("0.15", "0", "*'features[0].scale' must be above 0*")]
    [InlineData("0.15", "1e-60", "*'features[0].scale' must be above 0*")]
    [InlineData("schema.b", "schema.a", "*'features[1]' is 'schema.a' for the second time*")]
    [InlineData("\"name\":\"schema.b\",", "", "*'features[1].name' is missing*")]
    [InlineData("\"mean\":0.1,", "", "*'features[0].mean' is missing*")]
    [InlineData("\"features\"", "\"weights\"", "*'features' must be an array*")]
    [InlineData("  ]", ", 5]", "*'features[2]' must be an object*")]
    [InlineData("  ]", "", "*not valid JSON*")]
    public void Damaged_file_is_refused(string found, string replacement, string message)
    {
        FluentActions.Invoking(() => Read(Good.Replace(found, replacement, StringComparison.Ordinal)))
            .Should().Throw<CheckpointException>().WithMessage(message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"format\":1,\"features\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public void Anything_else_is_refused(string json)
    {
        FluentActions.Invoking(() => Read(json)).Should().Throw<CheckpointException>();
    }

    [Fact]
    public void Huge_file_is_not_read_into_memory()
    {
        using var folder = new TemporaryFolder();
        using (FileStream file = File.Create(folder.File("verifier.json")))
        {
            file.SetLength(1L << 32);
        }

        FluentActions.Invoking(() => VerifierFile.Read(folder.Path, _names))
            .Should().Throw<CheckpointException>().WithMessage("*4294967296 bytes*at most*");
    }

    [Fact]
    public void Folder_without_a_verifier_says_what_it_holds()
    {
        using var folder = new TemporaryFolder();
        FluentActions.Invoking(() => VerifierFile.Read(folder.Path, _names))
            .Should().Throw<CheckpointException>().WithMessage("*holds no verifier.json*");

        folder.Write("config.json", "{}");
        FluentActions.Invoking(() => VerifierFile.Read(folder.Path, _names))
            .Should().Throw<CheckpointException>().WithMessage("*holds a transformer*RewardModel.LoadAsync*");
    }

    [Fact]
    public void File_where_the_folder_should_be_is_a_clear_error()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("taken", "");

        FluentActions.Invoking(() => VerifierFile.Write(file, _head, _names))
            .Should().Throw<CheckpointException>().WithMessage("*taken: cannot be written*");
    }
}
