import type { PaperRemark } from "../protocol/paper";

/** What in the paper does not fit together. */
export const PAPER_REMARKS: Readonly<Record<PaperRemark, string>> = {
  "dataset-differs": "The paper's Table 3 has this model on CIFAR-10, its Table 1 on TF Flowers.",
  "moving-averages":
    "The paper's 8,785 for ResNet can only be with batch normalisation's moving variances counted as weights: compare it with the distance of all that is saved.",
  "two-digits":
    "The demo that the paper cites for TF MNIST tells two digits apart, 3 and 6; shares of label kinds are undefined there.",
};
