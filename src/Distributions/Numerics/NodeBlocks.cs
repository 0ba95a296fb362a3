using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// Sums over the nodes of a quadrature rule in blocks of nodes, each for the whole batch: what is in memory at a time does not grow with the rule, and beyond the size of
/// the parameters not with the batch.
/// </summary>
internal static class NodeBlocks
{
    // Numbers in a temporary: 4 MB of Float32, of which some are alive at a time.
    private const int BlockSize = 1 << 20;

    /// <summary>The sum of what a function gives for each block of nodes, first and count.</summary>
    /// <param name="distribution">The distribution whose parameters stand behind each node.</param>
    /// <param name="like">A tensor of the result's shape.</param>
    /// <param name="count">Number of nodes.</param>
    /// <param name="width">Numbers at each node of each distribution.</param>
    /// <param name="block">The sum over nodes, of the result's shape.</param>
    public static Tensor Sum(Univariate distribution, Tensor like, int count, int width, Func<int, int, Tensor> block)
    {
        // A graph is planned in advance and a tape keeps everything: neither gains from blocks.
        long each = like.IsSymbolic ? 1 : (long)width * like.Size;
        foreach ((_, Tensor parameter) in distribution.Parameters)
        {
            each = parameter.IsSymbolic ? 1 : Math.Max(each, parameter.Size);
        }

        int most = (int)Math.Clamp(BlockSize / Math.Max(1, each), 1, count);
        Tensor sum = block(0, most);
        for (int from = most; from < count; from += most)
        {
            sum += block(from, Math.Min(most, count - from));
        }

        return sum;
    }
}
