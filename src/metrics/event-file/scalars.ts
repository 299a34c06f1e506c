import { messageFields, type WireField } from "../../checkpoint/formats/protobuf/wire";
import { MetricError } from "../error";
import type { TFRecord } from "./records";
import { scalarOf } from "./tensor-scalar";

/** A value of a summary. */
export interface Scalar {
  readonly tag: string;
  readonly step: number;
  readonly value: number;
}

/** Fields of Event (tensorboard/compat/proto/event.proto), Summary and Summary.Value (summary.proto). */
const [EVENT_STEP, EVENT_SUMMARY, SUMMARY_VALUE] = [2, 5, 1];
const [VALUE_TAG, VALUE_SIMPLE, VALUE_TENSOR] = [1, 2, 8];

const text = new TextDecoder();

/**
 * Scalars in the event that a record holds: simple values, and tensors of one number.
 * @throws MetricError where it is no event
 */
export function scalarsOf({ offset, data }: TFRecord, file: string): readonly Scalar[] {
  const fields = (bytes: Uint8Array) =>
    messageFields(bytes, (reason, at) => {
      throw new MetricError(
        file,
        reason,
        `byte ${offset + bytes.byteOffset - data.byteOffset + at}`,
      );
    });
  const payload = (bytes: Uint8Array, { start, end }: WireField) => bytes.subarray(start, end);

  let step = 0;
  const scalars: Omit<Scalar, "step">[] = [];
  for (const field of fields(data)) {
    if (field.number === EVENT_STEP && field.wire === 0) step = field.value;
    if (field.number !== EVENT_SUMMARY || field.wire !== 2) continue;
    const summary = payload(data, field);
    for (const value of fields(summary)) {
      if (value.number !== SUMMARY_VALUE || value.wire !== 2) continue;
      const scalar = scalarOfValue(payload(summary, value));
      if (scalar) scalars.push(scalar);
    }
  }
  return scalars.map((scalar) => ({ ...scalar, step }));

  function scalarOfValue(bytes: Uint8Array): Omit<Scalar, "step"> | null {
    let tag = "";
    let value: number | null = null;
    for (const field of fields(bytes)) {
      if (field.number === VALUE_TAG && field.wire === 2) tag = text.decode(payload(bytes, field));
      if (field.number === VALUE_SIMPLE && field.wire === 5)
        value = new DataView(bytes.buffer, bytes.byteOffset + field.start, 4).getFloat32(0, true);
      if (field.number === VALUE_TENSOR && field.wire === 2)
        value = scalarOf(payload(bytes, field), fields);
    }
    return value === null ? null : { tag, value };
  }
}
