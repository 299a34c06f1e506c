import { enableProdMode, engine, findBackendFactory, setBackend } from "@tensorflow/tfjs-core";
import { version_cpu } from "@tensorflow/tfjs-backend-cpu";

enableProdMode(); // Keeps tfjs from advertising tfjs-node on the console.

export const cpuBackendVersion = version_cpu;

/** Makes tfjs's JavaScript backend the current one: at once, for its factory is synchronous. */
export function useCpuBackend(): void {
  if (engine().backendName === "cpu") return;
  // Importing the package registers the backend; bundlers drop the import where nothing of it is used.
  const factory: unknown = findBackendFactory("cpu");
  if (factory == null)
    throw new Error(`@tensorflow/tfjs-backend-cpu ${version_cpu} did not register itself.`);
  void setBackend("cpu");
}
