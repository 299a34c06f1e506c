/** File of a command's output, in its run's folder. */
export const logName = "output.log";
