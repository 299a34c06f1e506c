/**
 * Why one object of an HDF5 file is not read, though it is sound: it uses what this reader lacks, or lies in other
 * files. Caught where objects are listed, so that the rest of the file can be read.
 */
export class Unsupported extends Error {}
