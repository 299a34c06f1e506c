import { createHash } from "node:crypto";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { htmlReport } from "../../../src/experiment/html-report";
import type { ResultsPanelView } from "../../../src/protocol/results-panel";
import { generatedLive, generatedResults } from "../../integration/webview/generated-results";

const bundle = { script: "globalThis.drawn = 1 < 2;", style: "body{color:red}" };
const empty: ResultsPanelView = {
  experiment: null,
  name: "plain",
  results: null,
  live: null,
  alive: false,
};

/** What a browser takes as the text of each script element, by the HTML rules for script data. */
function scripts(html: string): string[] {
  return [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script/gi)].map(([, text]) => text);
}

describe("htmlReport", () => {
  it("keeps a hostile name inert, in the title and in the data", () => {
    const name = `</script><img src=x onerror="alert(1)"></title><!--<script>&amp;'`;
    const html = htmlReport({ ...empty, name }, bundle);
    expect(html).not.toContain("<img");
    expect(html.match(/<\/script/gi)).toHaveLength(2);
    expect(html.match(/<\/title/gi)).toHaveLength(1);
    expect(html).not.toContain("<!--");
    const [data] = scripts(html);
    expect((JSON.parse(data) as ResultsPanelView).name).toBe(name);
  });

  it("carries every string of the results unchanged", () => {
    const results = generatedResults(4, 4, "a</SCRIPT>b\u2028<!--c");
    const view = { ...empty, results };
    const [data] = scripts(htmlReport(view, bundle));
    expect((JSON.parse(data) as ResultsPanelView).results).toEqual(results);
  });

  it("escapes a bundle that would end its own element, without changing what it means", () => {
    const script = "globalThis.text = ['</script>', `<!--`, /<\\/script>/u.source];";
    const style = "a::after{content:'</style>'}";
    const html = htmlReport(empty, { script, style });
    const [, text] = scripts(html);
    const scope: { text?: readonly string[] } = {};
    runInNewContext(text, scope);
    expect(scope.text!.slice(0, 2)).toEqual(["</script>", "<!--"]);
    expect(html.match(/<\/style/gi)).toHaveLength(1);
    expect(html).toContain(String.raw`\3C /style`);
  });

  it("lets only its own script and style run, by their hashes", () => {
    const html = htmlReport(empty, bundle);
    const [, script] = scripts(html);
    const [, style] = /<style>([\s\S]*?)<\/style>/.exec(html)!;
    const hash = (text: string): string => createHash("sha256").update(text).digest("base64");
    const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(html)!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src 'sha256-${hash(script)}'`);
    expect(policy).toContain(`style-src 'sha256-${hash(style)}'`);
    expect(policy).not.toContain("unsafe");
  });

  it("names no other file and no address", () => {
    expect(htmlReport(empty, bundle)).not.toMatch(/\s(src|href)=|https?:/);
  });

  it("tells of a running experiment only what had ended", () => {
    const live = generatedLive("running", 3, 2, 4);
    const [data] = scripts(
      htmlReport(
        { ...empty, experiment: "file:///home/someone/a.odometer.json", live, alive: true },
        bundle,
      ),
    );
    const shown = JSON.parse(data) as ResultsPanelView;
    expect(shown).toMatchObject({ alive: false, experiment: null });
    expect(shown.live).toMatchObject({ state: "done", secondsLeft: null });
    expect(shown.live!.runs.map(({ state }) => state)).toEqual([
      "finished",
      "finished",
      "finished",
    ]);
  });

  it("is a pure function of its arguments", () => {
    expect(htmlReport(empty, bundle)).toBe(htmlReport(empty, bundle));
  });
});
