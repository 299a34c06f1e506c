import type { Trajectory } from "../protocol/trajectory";

/** One row for each checkpoint and tensor, the totals first (tensor "", as no tensor is called); a header above. */
export function trajectoryRows({ steps, tensors }: Trajectory): (string | number | null)[][] {
  const header = ["step", "file", "tensor", "parameters", "fromFirst", "toLast", "fromPrevious"];
  const parameters = tensors.reduce((sum, tensor) => sum + tensor.parameters, 0);
  const totals = steps.map(({ step, file, fromFirst, toLast, fromPrevious }) => [
    step,
    file,
    "",
    parameters,
    fromFirst,
    toLast,
    fromPrevious,
  ]);
  const rows = tensors.flatMap((tensor) =>
    steps.map(({ step, file }, t) => [
      step,
      file,
      tensor.name,
      tensor.parameters,
      tensor.fromFirst[t],
      tensor.toLast[t],
      tensor.fromPrevious[t],
    ]),
  );
  return [header, ...totals, ...rows];
}
