/**
 * Loads ONNX Runtime's native library on first use; nobody else does. From 1.30 on it keeps a device's identifier and
 * events in the user's cache folder and sends them to Microsoft unless its environment says otherwise, which it looks at
 * when its first session is made: we send nothing.
 * @throws Error where the library is not there or cannot be loaded on this machine
 */
export function loadOnnxRuntime(): Promise<typeof import("onnxruntime-node")> {
  process.env["ORT_DISABLE_TELEMETRY"] = "1";
  return import("onnxruntime-node");
}
