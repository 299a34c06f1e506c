import { describe, expect, it } from "vitest";
import { moduleName } from "../../../../webview/comparison/module-name";

describe("the place of a tensor in a heatmap", () => {
  it.each([
    // Hugging Face transformers
    ["model.layers.11.self_attn.q_proj.weight", "model.layers.11", 11, "self_attn.q_proj"],
    ["model.layers.0.self_attn.q_proj.bias", "model.layers.0", 0, "self_attn.q_proj bias"],
    ["model.layers.3.input_layernorm.weight", "model.layers.3", 3, "input_layernorm"],
    ["model.layers.2.mlp.experts.7.w1.weight", "model.layers.2", 2, "mlp.experts.*.w1"],
    ["model.embed_tokens.weight", "model.embed_tokens", 0, "weight"],
    ["lm_head.weight", "lm_head", 0, "weight"],
    // torchvision
    ["layer1.0.conv1.weight", "layer1.0", 0, "conv1"],
    ["layer4.1.downsample.0.weight", "layer4.1", 1, "downsample.*"],
    ["features.10.bias", "features.10", 10, "bias"],
    ["fc1.weight", "fc1", 0, "weight"],
    // Keras and TensorFlow; layers that stand in no stack keep the order of the file
    ["conv2d_1/kernel", "conv2d_1", 0, "kernel"],
    ["conv2d/bias", "conv2d", 0, "bias"],
    ["layers/dense/vars/0", "dense", 0, "var 0"],
    ["bert/encoder/layer_3/attention/query/kernel", "bert.encoder.layer_3", 3, "attention.query"],
    // GGUF
    ["blk.3.attn_q.weight", "blk.3", 3, "attn_q"],
    ["token_embd.weight", "token_embd", 0, "weight"],
    // Flax
    ["params/Block_2/Dense_0/kernel", "params.Block_2", 2, "Dense_0"],
    // names without anything
    ["w", "w", 0, "weight"],
    ["0.weight", "0", 0, "weight"],
  ])("%s is in %s", (name, block, index, kind) => {
    expect(moduleName(name)).toMatchObject({ block, index, kind });
  });

  it("knows what the blocks of one stack have in common", () => {
    expect(moduleName("model.layers.11.mlp.up.weight").stack).toBe("model.layers.");
    expect(moduleName("encoder/layer_3/dense/kernel").stack).toBe("encoder.layer_");
    expect(moduleName("lm_head.weight").stack).toBe("lm_head");
  });

  it("makes something of every name", () => {
    for (const name of ["", ".", "/", "a..b", "1", "vars/0", "....weight"])
      expect(() => moduleName(name)).not.toThrow();
  });
});
