/** A published file of a dataset. */
export interface DatasetArchive {
  /** Name of the downloaded file. */
  readonly file: string;
  /** Where it is published; the next is asked where one does not answer. */
  readonly urls: readonly string[];
  /** Bytes; null where only the checksum is known. */
  readonly bytes: number | null;
  readonly checksum: { readonly algorithm: "sha256" | "md5"; readonly hex: string };
  readonly unpack: "gzip" | "tar" | "tar.gz";
}

type Sum = readonly [algorithm: "sha256" | "md5", hex: string];

function gzips(urls: readonly string[], files: Readonly<Record<string, Sum>>): DatasetArchive[] {
  return Object.entries(files).map(([name, [algorithm, hex]]) => ({
    file: `${name}.gz`,
    urls: urls.map((url) => `${url}${name}.gz`),
    bytes: null,
    checksum: { algorithm, hex },
    unpack: "gzip",
  }));
}

const vocServer = "http://host.robots.ox.ac.uk/pascal/VOC";

function vocTar(year: string, name: string, md5: string): DatasetArchive {
  return {
    file: name,
    urls: [`${vocServer}/voc${year}/${name}`],
    bytes: null,
    checksum: { algorithm: "md5", hex: md5 },
    unpack: "tar",
  };
}

/**
 * What `datasets download` fetches. None of it was fetched where this was written: addresses and checksums are those
 * that well-known projects publish, and a download that differs is refused.
 */
export const archives = {
  /** SHA-256 from TensorFlow Datasets' list of checksums. */
  mnist: gzips(
    [
      "https://storage.googleapis.com/cvdf-datasets/mnist/",
      "https://ossci-datasets.s3.amazonaws.com/mnist/",
    ],
    {
      "train-images-idx3-ubyte": [
        "sha256",
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
      ],
      "train-labels-idx1-ubyte": [
        "sha256",
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
      ],
      "t10k-images-idx3-ubyte": [
        "sha256",
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
      ],
      "t10k-labels-idx1-ubyte": [
        "sha256",
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
      ],
    },
  ),
  /** MD5 from the README of github.com/zalandoresearch/fashion-mnist, also in torchvision. */
  fashionMnist: gzips(
    [
      "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
      "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
    ],
    {
      "train-images-idx3-ubyte": ["md5", "8d4fb7e6c68d591d4c3dfef9ec88bf0d"],
      "train-labels-idx1-ubyte": ["md5", "25c81989df183df01b3e8a0aad5dffbe"],
      "t10k-images-idx3-ubyte": ["md5", "bef4ecab320f06d8554ea6380940ec79"],
      "t10k-labels-idx1-ubyte": ["md5", "bb300cfdad3c16e7a12a480ee83cd310"],
    },
  ),
  /** SHA-256 from TensorFlow Datasets; the page of CIFAR-10 gives MD5 c32a1d4ab5d03f1284b67883e8d87530. */
  cifar10: [
    {
      file: "cifar-10-binary.tar.gz",
      urls: ["https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"],
      bytes: 170_052_171,
      checksum: {
        algorithm: "sha256",
        hex: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
      },
      unpack: "tar.gz",
    },
  ],
  /** Size and SHA-256 from TensorFlow Datasets' list of checksums. */
  flowers: [
    {
      file: "flower_photos.tgz",
      urls: [
        "https://storage.googleapis.com/download.tensorflow.org/example_images/flower_photos.tgz",
      ],
      bytes: 228_813_984,
      checksum: {
        algorithm: "sha256",
        hex: "4c54ace7911aaffe13a365c34f650e71dd5bf1be0a58b464e5a7183e3e595d9c",
      },
      unpack: "tar.gz",
    },
  ],
  /** MD5 of both, and of 2012's, from torchvision's voc.py. */
  voc2007: [
    vocTar("2007", "VOCtrainval_06-Nov-2007.tar", "c52e279531787c972589f7e41ab4ae64"),
    vocTar("2007", "VOCtest_06-Nov-2007.tar", "b6e924de25625d8de591ea690078ad9f"),
  ],
  voc2012: [vocTar("2012", "VOCtrainval_11-May-2012.tar", "6cd6e144f989b92b3379bac3b3de84fd")],
} as const satisfies Record<string, readonly DatasetArchive[]>;
