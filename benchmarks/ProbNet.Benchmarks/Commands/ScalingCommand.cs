using System.CommandLine;
using System.Globalization;
using System.Text;
using ProbNet.Charts;
using ProbNet.Examples;

namespace ProbNet.Benchmarks;

/// <summary>scaling: how the time of a step grows with the batch and with the width of the network.</summary>
internal static class ScalingCommand
{
    private const int UsualBatch = 256;
    private const int UsualWidth = 64;

    private static readonly int[] s_batches = [32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536];
    private static readonly int[] s_widths = [32, 64, 128, 256, 512, 1024, 2048];

    /// <summary>The command with its options and its action.</summary>
    public static Command Create()
    {
        Option<string> json = CommonOptions.Json();
        Option<int> threads = CommonOptions.Threads();
        Option<bool> eager = CommonOptions.Eager();
        var csv = new Option<string>("--csv") { Description = "Also writes the points to a CSV file.", HelpName = "out.csv" };
        var svg = new Option<string>("--svg") { Description = "Draws the points as an SVG file.", HelpName = "out.svg" };
        var command = new Command("scaling", "Microseconds a step of the mixture density network against the batch and against the width.")
        {
            json, csv, svg, threads, eager,
        };
        command.SetAction((options, cancellation) =>
        {
            string?[] paths = [options.GetValue(json), options.GetValue(csv), options.GetValue(svg)];
            foreach (string? path in paths)
            {
                ExampleCommand.CheckOutput(path);
            }

            CommonOptions.UseThreads(CommonOptions.Number(options, threads));
            List<Point> points = Measure(options.GetValue(eager), cancellation);
            if (paths[0] is { } jsonPath)
            {
                Json.Write(jsonPath, points);
            }

            if (paths[1] is { } csvPath)
            {
                File.WriteAllText(csvPath, Csv(points));
            }

            if (paths[2] is { } svgPath)
            {
                Draw(points).Save(svgPath);
            }

            return Task.FromResult(0);
        });
        return command;
    }

    private static List<Point> Measure(bool eager, CancellationToken cancellation)
    {
        var points = new List<Point>();
        Console.WriteLine("varied     batch   width    median µs     ns an example   GFLOP/s");
        foreach (int batch in s_batches)
        {
            Add("batch", batch, UsualWidth);
        }

        foreach (int width in s_widths)
        {
            Add("width", UsualBatch, width);
        }

        return points;

        void Add(string varied, int batch, int width)
        {
            cancellation.ThrowIfCancellationRequested();
            var workload = new MdnWorkload(batch, width);
            StepTiming timing = StepTiming.Measure(TrainingStep.Create(workload, eager));
            double median = timing.MedianMicroseconds;
            points.Add(new(varied, batch, width, median, timing.MinMicroseconds, timing.AllocatedBytesPerStep, workload.Operations / median / 1e3));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{varied,-8} {batch,7} {width,7} {median,12:N1} {1e3 * median / batch,17:N1} {points[^1].Gflops,9:N1}"));
        }
    }

    private static string Csv(List<Point> points)
    {
        var text = new StringBuilder("varied,batch,width,median_us,min_us,allocated_bytes_per_step,gflops\n");
        foreach (Point p in points)
        {
            text.Append(CultureInfo.InvariantCulture, $"{p.Varied},{p.Batch},{p.Width},{p.MedianUs},{p.MinUs},{p.AllocatedBytesPerStep},{p.Gflops}\n");
        }

        return text.ToString();
    }

    private static ChartGrid Draw(List<Point> points)
    {
        return new("Time of a training step of the mixture density network", Panel("batch", p => p.Batch, 1), Panel("width", p => p.Width, 2))
        {
            Columns = 2, CellWidth = 440, CellHeight = 320,
        };

        // The dashed line is what the largest point says of the others if the cost were its dominant power exactly.
        Chart Panel(string varied, Func<Point, double> at, int power)
        {
            Point[] own = [.. points.Where(p => p.Varied == varied)];
            double[] x = [.. own.Select(at)], y = [.. own.Select(p => p.MedianUs)];
            double[] ideal = [.. x.Select(value => y[^1] * Math.Pow(value / x[^1], power))];
            string other = varied == "batch" ? $"width {UsualWidth}" : $"batch {UsualBatch}";
            return new Chart($"{varied}, at {other}") { XLabel = varied, YLabel = "µs a step", XScale = AxisScale.Log, YScale = AxisScale.Log }
                .Line(x, ideal, power == 1 ? "linear" : "square", LineStyle.Dashed)
                .Line(x, y, "median")
                .Scatter(x, y);
        }
    }

    private sealed record Point(string Varied, int Batch, int Width, double MedianUs, double MinUs, double AllocatedBytesPerStep, double Gflops);
}
