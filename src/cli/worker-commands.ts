/** What the command line calls itself by to compute spectra in a process of its own; not for people. */
export const spectrumWorkerCommand = "_spectrum-worker";
