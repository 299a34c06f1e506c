import type { TensorRole } from "../../checkpoint";

/** What a dataset is called in the checkpoint, and its role. */
export interface NamedRole {
  readonly name: string;
  readonly role: TensorRole;
}
