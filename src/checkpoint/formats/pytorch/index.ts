export { pytorchLegacy } from "./legacy";
export { pytorchTar } from "./tar";
export { pytorchZip } from "./zip";
