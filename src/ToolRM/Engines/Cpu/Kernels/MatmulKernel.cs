namespace ToolRM.Engines.Cpu.Kernels;

/// <summary>
/// The one inner loop that all matrix work goes through: a small tile of C = A B kept in registers.
/// </summary>
/// <remarks>
/// Every element of C is one chain of multiply-adds over the depth, in order, whatever the tile's size or place. That
/// makes results independent of how the work is cut, which is what keeps scores bitwise batch-invariant. Tiles are compiled
/// with full optimisation at once: a process that scores only a few requests would spend its time in the slow first tier.
/// </remarks>
internal abstract unsafe class MatmulKernel
{
    /// <summary>The plan's name for it, for example <c>avx512</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Rows of C that are fastest to compute together.</summary>
    public abstract int Rows { get; }

    /// <summary>Columns of C computed together: the width of a packed panel of B.</summary>
    public abstract int Columns { get; }

    /// <summary>
    /// C[r, j] = (accumulate ? C[r, j] : 0) + sum over k of A[r, k] * B[k, j], for r below <paramref name="rows"/> and all
    /// <see cref="Columns"/> columns j.
    /// </summary>
    /// <param name="rows">Number of rows, at least 1, not limited by <see cref="Rows"/>.</param>
    /// <param name="depth">Number of terms of each sum; 0 is allowed.</param>
    /// <param name="a">A, with A[r, k] at <c>a[r * aRow + k * aStep]</c>.</param>
    /// <param name="aRow">Distance of A's rows.</param>
    /// <param name="aStep">Distance along A's depth.</param>
    /// <param name="b">B, with B[k, j] at <c>b[k * bStep + j]</c>.</param>
    /// <param name="bStep">Distance along B's depth.</param>
    /// <param name="c">C, with C[r, j] at <c>c[r * cRow + j]</c>.</param>
    /// <param name="cRow">Distance of C's rows.</param>
    /// <param name="accumulate">Whether to add to C rather than overwrite it.</param>
    public abstract void Tile(
        int rows, int depth, float* a, nint aRow, nint aStep, float* b, nint bStep, float* c, nint cRow, bool accumulate);

    /// <summary>
    /// The same for a panel of bfloat16 weights, which follow one another row by row: within a row, B[k, j] and
    /// B[k, <see cref="Columns"/> / 2 + j] side by side. The result has the bits of that with the same weights in float32.
    /// </summary>
    /// <param name="rows">Number of rows, at least 1.</param>
    /// <param name="depth">Number of terms of each sum.</param>
    /// <param name="a">A, row-major.</param>
    /// <param name="aRow">Distance of A's rows.</param>
    /// <param name="b">The panel.</param>
    /// <param name="c">C, with C[r, j] at <c>c[r * cRow + j]</c>.</param>
    /// <param name="cRow">Distance of C's rows.</param>
    /// <param name="accumulate">Whether to add to C rather than overwrite it.</param>
    public abstract void Tile(int rows, int depth, float* a, nint aRow, ushort* b, float* c, nint cRow, bool accumulate);
}
