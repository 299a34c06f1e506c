/** The user's settings in every session: nothing of VS Code's own comes between the test and the extension. */
export const settings = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.reduceMotion": "on",
  "window.autoDetectColorScheme": false,
  "telemetry.telemetryLevel": "off",
  "chat.disableAIFeatures": true,
  "chat.commandCenter.enabled": false,
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "security.workspace.trust.startupPrompt": "never",
  "git.enabled": false,
} as const;

/** Themes by their names in the settings and in the picker, and the class that the workbench has in them. */
export const themes = {
  dark: { setting: "Default Dark Modern", label: "Dark Modern", workbenchClass: "vs-dark" },
  light: { setting: "Default Light Modern", label: "Light Modern", workbenchClass: "vs" },
  hc: {
    setting: "Default High Contrast",
    label: "Dark High Contrast",
    workbenchClass: "hc-black",
  },
} as const;

export type Theme = keyof typeof themes;
