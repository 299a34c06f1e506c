import { createHash } from "node:crypto";
import { themeStyle } from "./theme";

/** Text as the content of an element or a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** JSON inside a script element: without "<" nothing in it can end the element or open a comment. */
export const embedJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll("<", "\\u003c");

/** Script text in which nothing ends its element; the escape means the same in strings, templates and patterns. */
const embedScript = (script: string): string => script.replace(/<(?=!--|\/script)/gi, "\\x3C");

/** Style text in which nothing ends its element. */
const embedStyle = (style: string): string => style.replace(/<(?=\/style)/gi, "\\3C ");

const sha256 = (text: string): string =>
  `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;

export interface HtmlPage {
  readonly title: string;
  /** Beside the theme's; of itself without attributes of style, which the policy forbids. */
  readonly style: string;
  /** Markup, escaped by whoever made it. */
  readonly body: string;
  /** Runs at the end of the body. */
  readonly script?: string;
}

/**
 * One HTML file that needs no network: its content security policy lets it run and style only what it carries. Opened
 * from disk in any browser, in light or dark as the reader prefers.
 */
export function htmlPage({ title, style: own, body, script: code }: HtmlPage): string {
  const style = embedStyle(themeStyle + own);
  const script = code === undefined ? undefined : embedScript(code);
  const policy = [
    "default-src 'none'",
    ...(script === undefined ? [] : [`script-src ${sha256(script)}`]),
    `style-src ${sha256(style)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Weight Odometer">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body class="report">
${body}
${script === undefined ? "" : `<script>${script}</script>\n`}</body>
</html>
`;
}
