/** Style of reports that are drawn as plain HTML and SVG: the tone of the results panel. */
export const reportStyle = `
:root{--dim:var(--vscode-descriptionForeground);--rule:var(--vscode-panel-border);--initial:var(--vscode-charts-orange);--final:var(--vscode-charts-blue)}
*{box-sizing:border-box}
body{margin:0;padding:16px 20px 40px;color:var(--vscode-foreground);background:var(--vscode-editor-background);font:13px/1.45 var(--vscode-font-family);font-variant-numeric:tabular-nums}
h1{margin:0;font-size:15px;font-weight:600;overflow-wrap:anywhere}
h2{margin:24px 0 8px;padding-top:14px;border-top:1px solid var(--rule);color:var(--dim);font-size:11px;font-weight:600;letter-spacing:.04em;text-transform:uppercase}
p{margin:0 0 4px;max-width:76ch}
.dim,figcaption{color:var(--dim);font-size:12px}
.figures{display:flex;flex-wrap:wrap;gap:8px 36px;margin:14px 0}
.figures b{display:block;font-size:24px;font-weight:400;line-height:1.2}
.warning{padding-left:10px;border-left:2px solid var(--vscode-editorWarning-foreground)}
figure{margin:0 0 12px}
svg{display:block;max-width:100%;height:auto;font-size:11px;overflow:visible}
svg text{fill:var(--dim)}
svg .axis{stroke:var(--rule)}
svg .first{stroke:var(--final);fill:var(--final)}
svg .second{stroke:var(--initial);fill:var(--initial)}
svg .third{stroke:var(--dim);fill:var(--dim)}
svg path{fill:none!important;stroke-width:1.5}
svg rect{stroke:none!important;opacity:.75}
.wide{overflow-x:auto}
table{border-collapse:collapse}
th,td{padding:3px 0 3px 16px;text-align:right;font-weight:400;white-space:nowrap;vertical-align:top}
th:first-child,td:first-child{padding-left:0;text-align:left;white-space:normal;overflow-wrap:anywhere;min-width:14ch}
thead th{border-bottom:1px solid var(--rule);color:var(--dim);font-size:12px}
tfoot td{border-top:1px solid var(--rule)}
svg.bar{display:inline-block}
.key i{display:inline-block;width:8px;height:8px;margin:0 5px 0 12px;border-radius:50%;background:var(--final)}
.key i.second{background:var(--initial)}.key i.third{background:var(--dim)}
`;
