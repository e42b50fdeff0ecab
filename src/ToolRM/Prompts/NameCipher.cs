using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ToolRM.Prompts;

/// <summary>
/// Replaces names by meaningless ones, the same name always by the same, so that a model in training learns to read
/// descriptions and not to remember functions.
/// </summary>
/// <param name="seed">Another seed gives other names.</param>
internal sealed class NameCipher(ulong seed)
{
    private const string Consonants = "bcdfghjklmnpqrstvwxz";
    private const int Length = 4;
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>The name that stands for <paramref name="name"/>; the name itself if there is no cipher.</summary>
    public static string Apply(NameCipher? cipher, string name) => cipher is null ? name : cipher.Replace(name);

    private string Replace(string name)
    {
        if (!_names.TryGetValue(name, out string? replaced))
        {
            byte[] content = new byte[sizeof(ulong) + Encoding.UTF8.GetByteCount(name)];
            BinaryPrimitives.WriteUInt64LittleEndian(content, seed);
            Encoding.UTF8.GetBytes(name, content.AsSpan(sizeof(ulong)));
            byte[] hash = SHA256.HashData(content);
            replaced = string.Create(Length, hash, static (letters, bytes) =>
            {
                for (int i = 0; i < letters.Length; i++)
                {
                    letters[i] = Consonants[bytes[i] % Consonants.Length];
                }
            });
            _names.Add(name, replaced);
        }

        return replaced;
    }
}
