using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ToolRM.Engines.Cpu.Kernels;

/// <summary>
/// The inner loop of products with int8 weights: a small tile of C = A B, with whole numbers of 8 bits on both sides and
/// sums of 32 bits kept in registers.
/// </summary>
/// <remarks>
/// The depth is cut into blocks; rows of A and columns of B have a scale for each. Within a block, sums of whole numbers are
/// exact in any order. An element of C starts at zero, or at what is there if it is added to, and becomes
/// <c>fma(sum, row scale * column scale, C)</c> block after block. So all kernels give the same bits.
/// </remarks>
internal abstract unsafe class Int8Kernel
{
    /// <summary>Inputs that share a scale. Fewer would be more exact, above all where a few inputs are much larger than others, but slower.</summary>
    public const int Block = 64;

    /// <summary>The largest quantised magnitude: symmetric, so that -128 is not used.</summary>
    public const int Largest = 127;

    /// <summary>What is added to activations that are <see cref="Int8RowForm.OffsetBytes"/>.</summary>
    public const int ByteOffset = 128;

    /// <summary>The plan's name for it, for example <c>avxvnni</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Rows of C computed together. A has room for whole tiles: rows that are missing may hold anything.</summary>
    public abstract int Rows { get; }

    /// <summary>Columns of C computed together: the width of a packed panel of B.</summary>
    public abstract int Columns { get; }

    /// <summary>Inputs of a column that lie side by side in a panel; divides <see cref="Block"/>.</summary>
    public abstract int Group { get; }

    /// <summary>How the kernel takes A.</summary>
    public abstract Int8RowForm RowForm { get; }

    /// <summary>C = A B, or C += A B, for all rows of A and <see cref="Columns"/> columns.</summary>
    /// <param name="a">A.</param>
    /// <param name="b">B.</param>
    /// <param name="c">C, with C[r, j] at <c>c[r * cRow + j]</c>.</param>
    /// <param name="cRow">Distance of C's rows.</param>
    /// <param name="accumulate">Whether to add to C rather than overwrite it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Multiply(in Int8Rows a, in Int8Panel b, float* c, nint cRow, bool accumulate)
    {
        int tileRows = Rows, columns = Columns;
        for (int row = 0; row < a.Rows; row += tileRows, c += tileRows * cRow)
        {
            int rows = Math.Min(tileRows, a.Rows - row);
            if (!accumulate)
            {
                for (int r = 0; r < rows; r++)
                {
                    Clear(c + (r * cRow), columns);
                }
            }

            Tile(rows, a.From(row), in b, c, cRow);
        }
    }

    /// <summary>C += A B for at most <see cref="Rows"/> rows.</summary>
    protected abstract void Tile(int rows, in Int8Rows a, in Int8Panel b, float* c, nint cRow);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Clear(float* c, int columns)
    {
        for (int j = 0; j < columns; j += Vector256<float>.Count)
        {
            Vector256<float>.Zero.Store(c + j);
        }
    }
}
