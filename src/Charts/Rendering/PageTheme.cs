using System.Globalization;

namespace ProbNet.Charts;

/// <summary>The style sheet of a report's page, around its figures.</summary>
internal static class PageTheme
{
    /// <summary>The width of the page's text, in pixels.</summary>
    public const int Width = 960;

    /// <summary>The gap between figures side by side, in pixels.</summary>
    public const int Gap = 12;

    public static readonly string StyleSheet = string.Create(CultureInfo.InvariantCulture, $$"""
        body{margin:0;background:{{Theme.Background}};color:#1f2328;font:16px/1.6 system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif}
        main{max-width:{{Width}}px;margin:0 auto;padding:32px 20px 64px}
        h1{font-size:30px;line-height:1.2;margin:0 0 16px;letter-spacing:-.01em}
        h2{font-size:21px;line-height:1.3;margin:40px 0 8px;padding-top:20px;border-top:1px solid #d8dee4}
        p{max-width:70ch;margin:0 0 14px}
        figure{margin:20px 0;max-width:100%}
        figcaption{color:#57606a;font-size:14px;line-height:1.5;max-width:75ch;}
        svg.pn{display:block;max-width:calc(100% + 12px);height:auto;margin-left:-12px}
        .row{display:flex;flex-wrap:wrap;gap:0 {{Gap}}px}
        .row figure{margin:12px 0;flex:0 1 auto}
        .scroll{overflow-x:auto;margin:20px 0}
        table{border-collapse:collapse;font-size:15px}
        caption{text-align:left;color:#57606a;font-size:14px;padding-bottom:6px}
        th,td{padding:6px 22px 6px 0;text-align:left;border-bottom:1px solid #e7ebef;white-space:nowrap}
        th{font-weight:600;border-bottom:2px solid #bcc4cc}
        .number{text-align:right;font-variant-numeric:tabular-nums;padding:6px 0 6px 22px}
        tbody tr:hover{background:#f6f8fa}
        pre{background:#f6f8fa;border-radius:6px;padding:14px 16px;overflow-x:auto;font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
        @media(prefers-color-scheme:dark){body{background:{{Theme.DarkBackground}};color:#e6edf3}h2{border-color:#30363d}figcaption,caption{color:#9da7b1}
        th,td{border-color:#21262d}th{border-color:#484f58}tbody tr:hover,pre{background:#161b22}
        }
        @media print{main{max-width:none;padding:0}figure,table{break-inside:avoid} }
        """);
}
