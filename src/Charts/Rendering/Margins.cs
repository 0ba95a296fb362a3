namespace ProbNet.Charts;

/// <summary>The room that a chart needs around its plot, in pixels.</summary>
internal readonly record struct Margins(double Left, double Top, double Right, double Bottom);
