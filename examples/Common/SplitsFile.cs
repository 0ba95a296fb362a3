using System.Globalization;

namespace ProbNet.Examples;

/// <summary>A text file with one line a split: the 0-based rows of its test part.</summary>
public static class SplitsFile
{
    /// <summary>Reads the splits.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">Number of rows of the data.</param>
    /// <exception cref="BadInputException">There is no such file, or a line is not a list of different rows of the data.</exception>
    public static IReadOnlyList<long[]> Read(string path, int rows)
    {
        if (!File.Exists(path))
        {
            throw new BadInputException($"There is no file '{path}'.");
        }

        var splits = new List<long[]>();
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            string[] words = line.Split((char[])[' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
            {
                continue;
            }

            var split = new long[words.Length];
            for (int i = 0; i < words.Length; i++)
            {
                if (!long.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out split[i]) || split[i] >= rows)
                {
                    throw new BadInputException($"Line {number} of '{path}' contains '{words[i]}'; rows are whole numbers from 0 to {rows - 1}.");
                }
            }

            if (split.Distinct().Count() != split.Length)
            {
                throw new BadInputException($"Line {number} of '{path}' names a row twice.");
            }

            if (rows - split.Length < 10)
            {
                throw new BadInputException($"Line {number} of '{path}' leaves {rows - split.Length} rows for training; at least 10 are needed.");
            }

            splits.Add(split);
        }

        return splits.Count > 0 ? splits : throw new BadInputException($"The file '{path}' holds no split.");
    }
}
