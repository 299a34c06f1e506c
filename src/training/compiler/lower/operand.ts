import type { GraphBuilder } from "../onnx/graph-builder";
import { type Value, constantOf, elements } from "../ir";
import type { SpatialLayout } from "./layout";

/**
 * A packed image of which a use may do with its phases: part [y][x] is packed itself and holds every pixel whose row and
 * column leave y and x when divided by the numbers of parts; beyond those all are 0.
 */
export interface InPhases {
  readonly parts: readonly (readonly string[])[];
  /** Of each part. */
  readonly size: readonly [height: number, width: number];
  readonly join: () => string;
}

/**
 * A value in the ONNX graph, in up to two forms made on demand: plain (the value's own shape, NHWC for
 * images) and packed (the layout's order for images). Conversions are made once.
 */
export class Operand {
  private plainName: string | undefined;
  private packedName: string | undefined;
  private inPhases: InPhases | undefined;
  private readonly derivedNames = new Map<string, string>();

  constructor(
    private readonly graph: GraphBuilder,
    private readonly layout: SpatialLayout,
    readonly value: Value,
  ) {}

  get shape(): readonly number[] {
    return this.value.shape;
  }

  get isPacked(): boolean {
    return this.packedName !== undefined || this.inPhases !== undefined;
  }

  get isPlain(): boolean {
    return this.plainName !== undefined;
  }

  define(form: "plain" | "packed", name: string): void {
    if (form === "plain") this.plainName = name;
    else this.packedName = name;
  }

  defineInPhases(phases: InPhases): void {
    this.inPhases = phases;
  }

  get phases(): InPhases | undefined {
    return this.inPhases;
  }

  plain(): string {
    return (this.plainName ??= this.isPacked
      ? this.layout.unpack(this.graph, this.packed(), imageShape(this))
      : this.constant());
  }

  packed(): string {
    return (this.packedName ??=
      this.inPhases?.join() ?? this.layout.pack(this.graph, this.plain(), imageShape(this)));
  }

  /** A form that one kind of operator needs, made once under `key`. */
  derived(key: string, make: () => string): string {
    const known = this.derivedNames.get(key) ?? make();
    this.derivedNames.set(key, known);
    return known;
  }

  private constant(): string {
    const number = constantOf(this.value);
    if (number === undefined) throw new Error("A value is used before it is computed.");
    const count = elements(this.shape);
    const { dtype } = this.value;
    if (dtype === "int32")
      return this.graph.constant(dtype, this.shape, new Int32Array(count).fill(number));
    if (dtype !== "float32") throw new Error(`Constants of type ${dtype} are not supported.`);
    return this.graph.constant(dtype, this.shape, new Float32Array(count).fill(number));
  }
}

export type ImageShape = readonly [rows: number, height: number, width: number, channels: number];

/** The shape of an operand that is a batch of images, NHWC. */
export function imageShape({ shape }: Pick<Operand, "shape">): ImageShape {
  if (shape.length !== 4) throw new Error(`Images have four axes, not [${shape.join(", ")}].`);
  return shape as unknown as ImageShape;
}
