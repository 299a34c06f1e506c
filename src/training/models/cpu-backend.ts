import { enableProdMode, engine, setBackend } from "@tensorflow/tfjs-core";
import { version_cpu } from "@tensorflow/tfjs-backend-cpu";

enableProdMode(); // Keeps tfjs from advertising tfjs-node on the console.

/** A use of the package, without which bundlers drop it: importing it is what registers the backend. */
export const cpuBackendVersion = version_cpu;

/** Makes tfjs's JavaScript backend the current one: at once, for its factory is synchronous. */
export function useCpuBackend(): void {
  if (engine().backendName !== "cpu") void setBackend("cpu");
}
