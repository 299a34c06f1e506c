/** A user's environment, less what VS Code's own processes are told by. */
export function userEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(ELECTRON_|VSCODE_)/.test(name),
  );
  return Object.fromEntries(inherited);
}
