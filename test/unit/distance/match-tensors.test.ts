import { describe, expect, it } from "vitest";
import type { Checkpoint, TensorInfo } from "../../../src/checkpoint/checkpoint";
import { matchTensors, type MatchOptions } from "../../../src/distance/match-tensors";

type Listed = Partial<TensorInfo> & { readonly name: string };

/** Names and descriptions alone are looked at. */
function checkpoint(...tensors: readonly (string | Listed)[]): Checkpoint {
  const listed = tensors.map((tensor) => {
    const given = typeof tensor === "string" ? { name: tensor } : tensor;
    return { role: "weight", dtype: "F32", shape: [2], parameters: 2, ...given };
  });
  return { tensors: listed, unreadable: [] } as unknown as Checkpoint;
}

describe("what is not read", () => {
  const reason = "is compressed by szip";
  const a = { ...checkpoint("x", "y"), unreadable: [{ name: "z", reason }] };

  it("is named, and not said to be in the other file alone", () => {
    const matched = matchTensors(a, checkpoint("x", "y", "z"));
    expect(matched.unreadable).toEqual({ a: [{ name: "z", reason }], b: [] });
    expect(matched.onlyInB).toEqual([]);
    expect(matched.unmatched.b).toEqual(["z"]);
  });

  it("may be tensors of types without values: neither integers nor left out", () => {
    const opaque = { name: "q", dtype: "IQ4_XS" } as const;
    const matched = matchTensors(
      checkpoint("x", opaque),
      checkpoint("x", { ...opaque, name: "r" }),
    );
    expect(matched.unreadable).toEqual({
      a: [{ name: "q", reason: "is of type IQ4_XS" }],
      b: [{ name: "r", reason: "is of type IQ4_XS" }],
    });
    const same = matchTensors(checkpoint(opaque), checkpoint(opaque));
    expect(same).toMatchObject({ notCounted: [], conflicts: [] });
    expect(same.unreadable.a).toEqual(same.unreadable.b);
  });

  it("is named where it is selected", () => {
    expect(matchTensors(a, a, { select: (name) => name === "x" }).unreadable.a).toEqual([]);
  });
});

function names(a: Checkpoint, b: Checkpoint, options?: MatchOptions): string[] {
  return matchTensors(a, b, options).pairs.map((pair) => `${pair.a.name}=${pair.b.name}`);
}

describe("names", () => {
  it("match as they are first", () => {
    const a = checkpoint("module.x", "x");
    const matched = matchTensors(a, checkpoint("x", "module.x", "module.module.x"));
    expect(matched.pairs.map((pair) => pair.b.name)).toEqual(["module.x", "x"]);
    expect(matched.strippedPrefixes).toEqual({ a: [], b: [] });
    expect(matched.onlyInB).toEqual(["module.module.x"]);
  });

  it("match without nested prefixes of wrappers on either side, and that is said", () => {
    const a = checkpoint("module._orig_mod.module.x", "_orig_mod.y", "z");
    const b = checkpoint("z", "module.y", "x");
    expect(names(a, b)).toEqual(["module._orig_mod.module.x=x", "_orig_mod.y=module.y", "z=z"]);
    expect(matchTensors(a, b).strippedPrefixes).toEqual({
      a: ["module._orig_mod.module.", "_orig_mod."],
      b: ["module."],
    });
  });

  it("match without the name of a model, and that is said", () => {
    const a = checkpoint("sequential/dense/kernel", "sequential/head/kernel");
    const b = checkpoint("dense/kernel", "head/kernel");
    expect(names(a, b)).toEqual([
      "sequential/dense/kernel=dense/kernel",
      "sequential/head/kernel=head/kernel",
    ]);
    expect(matchTensors(b, a).strippedPrefixes).toEqual({ a: [], b: ["sequential/"] });
    const counted = checkpoint("sequential_2/dense/kernel", "sequential_2/other/kernel");
    expect(names(a, counted)).toEqual(["sequential/dense/kernel=sequential_2/dense/kernel"]);
    expect(matchTensors(a, b, { exactNames: true }).pairs).toEqual([]);
  });

  it("match without the name of a model within wrappers, or of the part that the other file is", () => {
    const lightning = checkpoint("model._orig_mod.x", "model._orig_mod.y");
    expect(names(lightning, checkpoint("_orig_mod.x"))).toEqual([]);
    const wrapped = checkpoint("module.model.x", "module.model.y");
    expect(matchTensors(wrapped, checkpoint("_orig_mod.y", "_orig_mod.z"))).toMatchObject({
      strippedPrefixes: { a: ["module.model."], b: ["_orig_mod."] },
      onlyInA: ["module.model.x"],
    });
    const larger = checkpoint("bert.x", "bert.y", "classifier.w");
    expect(names(larger, checkpoint("x", "y"))).toEqual(["bert.x=x", "bert.y=y"]);
    const optimizer = { name: "optimizer/dense/kernel", role: "optimizer" } as const;
    expect(names(checkpoint("m/x", optimizer), checkpoint("x", "z"))).toEqual(["m/x=x"]);
  });

  it("do not match where there is a choice", () => {
    expect(names(checkpoint("encoder.x", "decoder.x"), checkpoint("x"))).toEqual([]);
    expect(names(checkpoint("encoder.x"), checkpoint("decoder.x"))).toEqual([]);
    expect(names(checkpoint("encoder.x", "head.y"), checkpoint("x", "z"))).toEqual([]);
    expect(names(checkpoint("a.b", "c.a.b"), checkpoint("b", "a.b"))).toEqual(["a.b=a.b"]);
    expect(names(checkpoint("x", "adapter.y"), checkpoint("x", "y"))).toEqual(["x=x"]);
  });

  it("stay as they are where that is asked for", () => {
    const matched = matchTensors(checkpoint("module.x"), checkpoint("x"), { exactNames: true });
    expect(matched).toMatchObject({ pairs: [], onlyInA: ["module.x"], onlyInB: ["x"] });
  });

  it("that come to one name are left alone", () => {
    const a = checkpoint("module.x", "_orig_mod.x");
    expect(matchTensors(a, checkpoint("x")).unmatched).toEqual({
      a: ["module.x", "_orig_mod.x"],
      b: ["x"],
    });
  });

  it("that are a prefix alone are names", () => {
    expect(names(checkpoint("module.module."), checkpoint("module."))).toEqual([
      "module.module.=module.",
    ]);
  });

  it("take part where they are selected", () => {
    const both = checkpoint("x", "y");
    expect(names(both, both, { select: (name) => name === "y" })).toEqual(["y=y"]);
    expect(matchTensors(both, both, { select: () => false }).unmatched).toEqual({ a: [], b: [] });
  });
});

describe("what cannot be compared", () => {
  it("is listed with the reason", () => {
    const a = checkpoint({ name: "s", shape: [2, 1] }, "t", "only");
    const b = checkpoint({ name: "t", dtype: "I8" }, { name: "module.s" });
    expect(matchTensors(a, b)).toMatchObject({
      pairs: [],
      onlyInA: ["only"],
      onlyInB: [],
      unmatched: { a: ["s", "t", "only"], b: ["t", "module.s"] },
      conflicts: [
        {
          name: "s",
          nameInB: "module.s",
          reason: "shape",
          a: { dtype: "F32", shape: [2, 1] },
          b: { dtype: "F32", shape: [2] },
        },
        { name: "t", reason: "type" },
      ],
    });
  });

  it("leaves out integers, and says which both hold", () => {
    const integer = (name: string) => ({ name, dtype: "I64" }) as const;
    const matched = matchTensors(
      checkpoint(integer("steps"), integer("mine")),
      checkpoint(integer("steps"), integer("yours")),
    );
    expect(matched.notCounted).toEqual(["steps"]);
    expect(matched.unmatched).toEqual({ a: [], b: [] });
  });
});

describe("roles", () => {
  const a = checkpoint(
    "w",
    { name: "mean", role: "buffer" },
    { name: "ema", role: "average" },
    { name: "adam", role: "optimizer" },
  );

  it("are weights by default, and nothing else is missed", () => {
    expect(names(a, a)).toEqual(["w=w"]);
    expect(matchTensors(a, checkpoint("w")).unmatched).toEqual({ a: [], b: [] });
  });

  it("can be more", () => {
    const roles = ["weight", "buffer", "average"] as const;
    expect(names(a, a, { roles })).toEqual(["w=w", "mean=mean", "ema=ema"]);
    expect(matchTensors(a, checkpoint("w"), { roles }).onlyInA).toEqual(["mean", "ema"]);
  });

  it("come from the file that tells them", () => {
    // safetensors calls everything a weight.
    const flat = checkpoint("w", "mean", "ema", "adam");
    expect(names(a, flat)).toEqual(["w=w"]);
    expect(names(flat, a)).toEqual(["w=w"]);
    expect(matchTensors(flat, a).unmatched).toEqual({ a: [], b: [] });
  });
});
