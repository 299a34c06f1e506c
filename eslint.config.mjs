import js from "@eslint/js";
import importX, { createNodeResolver } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/**
 * Which folders each folder of src may import, beside itself: imports point one way.
 * Everything may import the leaves.
 */
const leaves = ["protocol", "random", "catalogue", "html", "statistics", "onnx-runtime", "words"];
const comparing = ["comparison", "spectrum", "trajectory"];
const mayImport = {
  protocol: [],
  random: [],
  catalogue: ["protocol"],
  html: [],
  words: ["protocol"],
  "onnx-runtime": [],
  statistics: ["protocol", "random"],
  labels: leaves,
  data: leaves,
  checkpoint: leaves,
  metrics: [...leaves, "checkpoint"],
  distance: [...leaves, "checkpoint"],
  reader: [...leaves, "checkpoint", "distance"],
  map: [...leaves, "checkpoint", "distance"],
  comparison: [...leaves, "checkpoint", "distance"],
  spectrum: [...leaves, "checkpoint", "distance", "map"],
  trajectory: [...leaves, "checkpoint", "distance", "comparison"],
  qmcm: [...leaves, "distance", "map"],
  training: [...leaves, "checkpoint", "labels", "data"],
  experiment: [...leaves, "checkpoint", "labels", "data", "metrics", "distance", "map", "qmcm"],
  runner: [
    ...leaves,
    "checkpoint",
    "data",
    "metrics",
    "distance",
    "trajectory",
    "map",
    "qmcm",
    "experiment",
  ],
  cli: [
    ...leaves,
    "checkpoint",
    "data",
    "distance",
    ...comparing,
    "map",
    "qmcm",
    "experiment",
    "runner",
  ],
  vscode: [
    ...leaves,
    "checkpoint",
    "data",
    "distance",
    "reader",
    ...comparing,
    "map",
    "qmcm",
    "experiment",
    "runner",
  ],
};
const zones = Object.entries(mayImport).map(([folder, allowed]) => ({
  target: `./src/${folder}`,
  from: "./src",
  except: [folder, ...allowed].map((name) => `./${name}`),
  message: `src/${folder} may import only ${[folder, ...allowed].join(", ")} (see ARCHITECTURE.md).`,
}));
zones.push({
  target: "./webview",
  from: "./src",
  except: ["./protocol", "./words"],
  message: "Webviews import only src/protocol and src/words.",
});

export default tseslint.config(
  {
    ignores: [
      "dist",
      "node_modules",
      ".cache",
      "test/fixtures",
      "**/*.vsix",
      "src/distance/kernels/assembly",
      "src/map/kernels/assembly",
      "src/training/engines/update/assembly",
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked.map((config) => ({
    ...config,
    files: ["**/*.ts", "**/*.mts"],
  })),
  {
    files: ["**/*.ts", "**/*.mts"],
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { "import-x": importX },
    settings: { "import-x/resolver-next": [createNodeResolver({ extensions: [".ts", ".js"] })] },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones }],
      "import-x/no-cycle": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unnecessary-condition": [
        "error",
        { allowConstantLoopConditions: true },
      ],
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: ["src/**/*.ts"],
    ignores: ["src/vscode/**", "src/extension.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: [
            { name: "vscode", message: "Only src/vscode and src/extension.ts know VS Code." },
          ],
        },
      ],
    },
  },
  {
    files: ["**/*.js", "**/*.mjs", "**/*.cjs"],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        require: "readonly",
        module: "writable",
        __dirname: "readonly",
        Buffer: "readonly",
        URL: "readonly",
        setTimeout: "readonly",
        clearTimeout: "readonly",
        setInterval: "readonly",
        clearInterval: "readonly",
        performance: "readonly",
      },
    },
  },
);
