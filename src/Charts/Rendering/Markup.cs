namespace ProbNet.Charts;

/// <summary>Text that is markup already and is not escaped again.</summary>
internal readonly record struct Markup(string Text);
