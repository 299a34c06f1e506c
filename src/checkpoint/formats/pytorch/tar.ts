import { CheckpointError } from "../../error";
import type { CheckpointFormat } from "../../format";

const names = ["sys_info", "pickle", "storages", "tensors"];

/** The tar file that torch.save wrote before PyTorch 0.1.10: recognised, to say what can be done. */
export const pytorchTar: CheckpointFormat = {
  recognises: (head) => {
    const text = Buffer.from(head).toString("latin1");
    return text.startsWith("ustar", 257) && names.some((name) => text.startsWith(`${name}\0`));
  },
  open: (file) =>
    Promise.reject(
      new CheckpointError(
        file.path,
        "a tar file of PyTorch before 0.1.10 is not read; load it with torch.load and save it anew",
        0,
      ),
    ),
};
