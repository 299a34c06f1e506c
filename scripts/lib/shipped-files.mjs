// What a VSIX holds, said once: staging copies by it, and the finished archive is checked against it.

export const mnistFiles = [
  "train-images-idx3-ubyte",
  "train-labels-idx1-ubyte",
  "t10k-images-idx3-ubyte",
  "t10k-labels-idx1-ubyte",
];

/** Native libraries, with their loader. Under dist/, so that a copy of dist/ alone can train. */
export const nativeFolder = "dist/node_modules";

/** Files of the root that ship, where they are there. */
export const documents = ["README.md", "CHANGELOG.md", "LICENSE"];

/** What a VSIX may hold beside what it must. */
const allowed = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/(readme\.md|changelog\.md|LICENSE\.txt)$/,
  /^extension\/dist\/[\w-]+\.(js|wasm|json)$/,
  /^extension\/dist\/webview\/[\w-]+\.(js|css|ttf|woff2?)$/,
  /^extension\/dist\/node_modules\/onnxruntime-node\/dist\/\w+\.js$/,
  /^extension\/dist\/node_modules\/onnxruntime-common\/dist\/cjs\/[\w-]+\.js(on)?$/,
  /^extension\/dist\/node_modules\/(sharp\/dist|detect-libc\/lib|@img\/colour)\/[\w-]+\.[cm]?js$/,
  /^extension\/dist\/node_modules\/semver\/((classes|functions|internal|ranges)\/)?[\w-]+\.js$/,
  /^extension\/media\/[\w/.-]+\.(png|svg|md)$/,
  /^extension\/media\/python\/weight_odometer\.py$/,
];

/** Without these there is no extension. */
const requiredSources = [
  "README.md",
  "LICENSE",
  "dist/ThirdPartyNotices.txt",
  "media/python/weight_odometer.py",
  "dist/extension.js",
  "dist/cli.js",
  "dist/trainer.js",
  "dist/map-worker.js",
  "dist/reader-worker.js",
  "dist/webview/checkpoint.js",
  "dist/distance-worker.js",
  "dist/distance-kernel.wasm",
  "dist/measurer.js",
  "dist/webview/comparison.js",
  "dist/webview/trajectory.js",
  "dist/webview/qmcm.js",
  "dist/webview/experiments.js",
  "dist/webview/results.js",
];

const nativeLibraries = {
  linux: ["libonnxruntime.so.1"],
  // The package holds this library twice; its loader names this one.
  darwin: ["libonnxruntime.1.dylib"],
  win32: ["onnxruntime.dll", "DirectML.dll", "dxcompiler.dll", "dxil.dll"],
};

/**
 * The native library's files for one platform, relative to the package onnxruntime-node.
 * @param {string} target such as linux-x64
 */
export function nativeFiles(target) {
  const [platform, architecture] = target.split("-");
  const names = ["onnxruntime_binding.node", ...nativeLibraries[platform]];
  return names.map((name) => `bin/napi-v6/${platform}/${architecture}/${name}`);
}

/** Packages of sharp that run on every platform. */
export const sharpPackages = ["sharp", "detect-libc", "semver", "@img/colour"];

const libvips = {
  linux: "libvips-cpp.so.",
  darwin: "libvips-cpp.",
};

/**
 * sharp's packages for one platform, which decode images. On Windows one holds all.
 * @param {string} target such as linux-x64
 */
export function decoderPackages(target) {
  const own = `@img/sharp-${target}`;
  return target.startsWith("win32") ? [own] : [own, `@img/sharp-libvips-${target}`];
}

/** What is needed of those, as patterns: the names hold versions. */
function decoderPatterns(target) {
  const [platform] = target.split("-");
  const folder = `^extension/${nativeFolder}/@img`;
  const own = `${folder}/sharp-${target}`;
  const needed = [
    `${own}/package\\.json$`,
    `${own}/index\\.cjs$`,
    `${own}/lib/sharp-[\\w.-]+\\.node$`,
  ];
  if (platform === "win32")
    return [...needed, `${own}/lib/libvips-42\\.dll$`, `${own}/lib/libvips-cpp-[\\d.]+\\.dll$`];
  const vips = `${folder}/sharp-libvips-${target}`;
  return [
    ...needed,
    `${vips}/package\\.json$`,
    `${vips}/lib/index\\.js$`,
    `${vips}/lib/${libvips[platform].replaceAll(".", "\\.")}[\\w.]+$`,
  ];
}

/** Files that the manifest names, such as icons and panels' pages: each must be there. */
function manifestFiles(value) {
  if (typeof value === "string") {
    const file = value.replace(/^\.\//, "");
    return /^(dist|media)\/.*\.\w+$/.test(file) ? [file] : [];
  }
  return typeof value === "object" && value !== null
    ? Object.values(value).flatMap((inner) => manifestFiles(inner))
    : [];
}

/**
 * Compares what an archive holds with what it should: one line for each difference.
 * @param {readonly string[]} entries names in the VSIX
 * @param {object} manifest the package.json that ships
 * @param {string} target
 */
export function contentProblems(entries, manifest, target) {
  const runtime = `${nativeFolder}/onnxruntime-node`;
  const required = [
    ...requiredSources.map((file) => vsixName(file)),
    "package.json",
    ...mnistFiles.map((file) => `dist/data/mnist/${file}`),
    `${runtime}/package.json`,
    `${runtime}/dist/index.js`,
    ...nativeFiles(target).map((file) => `${runtime}/${file}`),
    ...sharpPackages.map((name) => `${nativeFolder}/${name}/package.json`),
    `${nativeFolder}/sharp/dist/index.mjs`,
    `${nativeFolder}/onnxruntime-common/package.json`,
    `${nativeFolder}/onnxruntime-common/dist/cjs/index.js`,
    ...manifestFiles(manifest),
  ].map((file) => `extension/${file}`);
  const present = new Set(entries);
  const wanted = new Set(required);
  const decoder = decoderPatterns(target).map((pattern) => new RegExp(pattern));
  const known = [...allowed, ...decoder];
  return [
    ...[...wanted].filter((name) => !present.has(name)).map((name) => `missing: ${name}`),
    ...decoder
      .filter((pattern) => !entries.some((name) => pattern.test(name)))
      .map((pattern) => `missing: ${pattern.source}`),
    ...entries
      .filter((name) => !wanted.has(name) && !known.some((pattern) => pattern.test(name)))
      .map((name) => `unexpected: ${name}`),
  ];
}

/** vsce gives these files names of its own. */
function vsixName(file) {
  const names = {
    "README.md": "readme.md",
    "CHANGELOG.md": "changelog.md",
    LICENSE: "LICENSE.txt",
  };
  return names[file] ?? file;
}
