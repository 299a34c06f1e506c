import type { Statistics } from "./results";

/** What the paper says (Tables 1 to 3, captions of its figures), to stand beside what was measured. */

/** A row of Table 2: the distance between initial and end states of 1000 runs. */
export type PaperDistance = Required<Statistics>;

/** A column of Table 1, in its own words. */
export interface PaperConfiguration {
  readonly dataset: string;
  readonly learningRate: string;
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimizer: string;
  /** Steps of preprocessing, in Table 1's order. */
  readonly preprocessing: readonly ("normalize" | "mean-subtraction" | "rescale" | "standardize")[];
}

/** A place in Table 3, by its expected and its actual order; 1 is the least information. */
export interface PaperRank {
  readonly expected: number;
  readonly actual: number;
  /** Table 3's dataset, in its own words; AlexNet's is not Table 1's. */
  readonly dataset: string;
}

/** Mean radius of the points on a map and its deviation (captions of Fig. 1). */
export interface PaperRadius {
  readonly meanRadius: number;
  readonly std: number;
}

/** What the paper says of one model. */
export interface PaperValues {
  readonly model: string;
  /** Its name there. */
  readonly title: string;
  readonly configuration: PaperConfiguration;
  readonly distance: PaperDistance;
  readonly rank: PaperRank;
  /** Fig. 1, of TF CNN alone. */
  readonly sphere: { readonly initial: PaperRadius; readonly final: PaperRadius } | null;
  /** What in the paper does not fit together, or cannot be as it stands. */
  readonly remarks: readonly PaperRemark[];
}

/**
 * - "dataset-differs": Table 3 has AlexNet on CIFAR-10, Table 1 on Flowers;
 * - "moving-averages": ResNet's 8,785 can only be with batch norm's moving variances counted as weights;
 * - "two-digits": TensorFlow's MNIST demo that the paper cites tells two digits apart, of which label fractions are undefined.
 */
export type PaperRemark = "dataset-differs" | "moving-averages" | "two-digits";
