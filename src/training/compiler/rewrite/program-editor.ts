import type { DataType, Node, Operation, Program, Value } from "../ir";

/** What a rewriting rule sees of the program rewritten so far, and how it adds to it. */
export class ProgramEditor {
  private readonly nodes: Node[] = [];
  private readonly producers = new Map<Value, Node>();
  private readonly replacements = new Map<Value, Value>();
  private readonly useCounts = new Map<Value, number>();

  constructor(private readonly program: Program) {
    const count = (value: Value) => this.useCounts.set(value, (this.useCounts.get(value) ?? 0) + 1);
    for (const node of program.nodes) node.inputs.forEach(count);
    for (const { value } of program.outputs) count(value);
  }

  /** The node that computes `value` after rewriting, where a node does. */
  producer(value: Value): Node | undefined {
    return this.producers.get(value);
  }

  /** An already rewritten node with these inputs that `matches`, where there is one. */
  find(matches: (node: Node) => boolean): Node | undefined {
    return this.nodes.find(matches);
  }

  /** How often `value` is used: in the program before rewriting, by what it was or now stands for. */
  uses(value: Value): number {
    return this.useCounts.get(value) ?? 0;
  }

  emit(
    operation: Operation,
    inputs: readonly Value[],
    shape: readonly number[],
    dtype: DataType = "float32",
  ): Value {
    const output: Value = { shape: [...shape], dtype, source: "node" };
    this.append({ operation, inputs, output });
    return output;
  }

  /** Applies `rule` to every node in order; it answers with the value to use instead, or undefined. */
  apply(rule: Rule): Program {
    const current = (value: Value) => this.replacements.get(value) ?? value;
    for (const node of this.program.nodes) {
      const updated = { ...node, inputs: node.inputs.map(current) };
      const replacement = rule(updated, this);
      if (replacement === undefined) {
        this.append(updated);
        continue;
      }
      this.replacements.set(node.output, replacement);
      this.useCounts.set(replacement, this.uses(replacement) + this.uses(node.output));
    }
    const outputs = this.program.outputs.map(({ name, value }) => ({
      name,
      value: current(value),
    }));
    return withoutDeadNodes({ inputs: this.program.inputs, nodes: this.nodes, outputs });
  }

  private append(node: Node): void {
    this.nodes.push(node);
    this.producers.set(node.output, node);
  }
}

/** A rewriting rule; the node's inputs are rewritten already. */
export type Rule = (node: Node, editor: ProgramEditor) => Value | undefined;

function withoutDeadNodes(program: Program): Program {
  const live = new Set<Value>(program.outputs.map(({ value }) => value));
  const kept: Node[] = [];
  for (const node of [...program.nodes].reverse()) {
    if (!live.has(node.output)) continue;
    node.inputs.forEach((value) => live.add(value));
    kept.push(node);
  }
  return { ...program, nodes: kept.reverse() };
}
