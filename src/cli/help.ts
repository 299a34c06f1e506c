const commandHelp: Readonly<Record<string, string>> = {
  run: `weight-odometer run FILE [--out DIR]
weight-odometer run --preset NAME --model MODEL [what \`preset\` takes] --out DIR
    Train every run of an experiment that is not finished yet, then report. The same call goes on after
    a crash or a cancel. Without --out, results lie beside the experiment file, in .weight-odometer/NAME.
    --jobs N       trainings side by side (one per core by default, or per GPU where --gpus names some)
    --gpus 0,1     GPUs given out to your own commands in turn, by CUDA_VISIBLE_DEVICES
    --threads N    threads of your own commands' numerical libraries (cores divided by jobs by default)
    --yes          begin runs though they may not all fit on the disk. Without it you are asked at a terminal, and
                   elsewhere it ends; with --ask it waits for an answer from VS Code or from \`run\` at a terminal
    --data DIR     folder of datasets, in place of those that ship or were downloaded
    --image-cache GB
                   room for decoded images on the disk (20; 0 for none)
    --engine NAME  what computes: auto (ONNX Runtime, or tfjs where it cannot be loaded), onnxruntime,
                   onnxruntime-plain (without its blocked convolutions), onnx-webgpu (on a GPU), tfjs, tfjs-node
                   (a package that you install). Engines round differently: their runs are kept apart
    --runner R     local, or slurm: job arrays of packed runs, from a login node. Ctrl+C cancels; whatever else
                   ends this program leaves the tasks alone, and the same call follows them. With slurm:
                   --partition, --account, --time, --memory, --cpus, --gpus as sbatch has them, of a task, --jobs in
                   it; --sbatch=--OPTION, --prologue LINE (both repeatable), --node PATH, --concurrent N tasks,
                   --runs-per-task N or --run-seconds S (measured on a first task where neither is given);
                   --runner-settings JSON: defaults, as "runner" in an experiment file has them
    --detach       train in the background and follow; Ctrl+C stops following only
    --json         print the results as JSON`,
  preset: `weight-odometer preset experiment-1|experiment-2|experiment-3|experiment-4|qmcm --model MODEL
    Print an experiment of the paper as an experiment file, to open, change and run. qmcm: runs for \`qmcm estimate\`;
    \`qmcm simulate\` trains nothing and needs no file.
    --scale paper  as many networks as the paper: 1000, 200, 5 (one for each fraction),
                   11 for each way to stop (one for each rate), 1000
    --repeats N    networks at each level (5 by default in Experiments 3 and 4, 100 in 2, 1000 in 1, 200 in qmcm)
    --dataset NAME, --images N, --epochs N, --seed N
    --checkpoint-every STEPS|auto
                   checkpoints along the way, for curves; auto, as in Experiments 3 and 4: at 20 equal intervals, fewer
                   where they would take more than 1 GiB a run`,
  status: `weight-odometer status DIR [--json]
    How far an experiment is.`,
  report: `weight-odometer report DIR [--json] [--html FILE]
    Statistics of the finished runs: Table 2, nearest check, spheres, maps.`,
  map: `weight-odometer map DIR [--of joint|initial|final|displacements] [--method classical|metric] [--dimensions 2|3] [--json]
    A map of the weights of all finished runs, or of their displacements w_T - w_0, with the cosines between these.`,
  compare: `weight-odometer compare DIR DIR... [--json] [--html FILE]
    Distances of several experiments side by side: the settings in which they differ, and, of different models, their
    order against the one that the paper expects (Table 3), under five normalisations.`,
  datasets: `weight-odometer datasets [--data DIR] [--json]
weight-odometer datasets download NAME [--to DIR] [--from FILE|DIR|URL] [--unchecked]
    The built-in datasets and where they lie; fetch one: published archives, checked against their published
    checksums. A call that was cut off goes on where it stopped. Nothing else here uses the network.
    --to DIR       data directory (that of WEIGHT_ODOMETER_DATA, or your own)
    --from ...     take a copy: an archive, a folder of archives or of the unpacked dataset, another address
                   (one that ends in "/" for several archives)
    --unchecked    with --from: take archives that differ from the published ones`,
  models: `weight-odometer models [--json]
    The built-in models: parameters, input, Table 1's settings, and what an experiment file may ask of each.`,
  helper: `weight-odometer helper [DIR] [--force]
    Put weight_odometer.py into a folder (the current one): one file with no dependency, for your own training script.
    It reads what an experiment asks of a run, selects and corrupts labels, saves checkpoints and logs metrics.
    --force        overwrite a copy that differs`,
  inspect: `weight-odometer inspect FILE [--verify] [--json]
    The tensors of a checkpoint of any format: a file, or a folder that holds one.
    --verify  read all values and check the checksums that the file stores of them (TensorFlow, and zip files:
              PyTorch, .keras, .npz); what reads values does not check them otherwise`,
  diff: `weight-odometer diff A B [--json] [--csv[=FILE]] [--html FILE]
    How far each tensor moved from checkpoint A to checkpoint B, of any formats, and what that amounts to in words.
    --sort KEY         by name, distance, relative, rotation, rms or maxChange, largest first (order: as in A)
    --include PATTERNS, --exclude PATTERNS
                       tensors by name: * any characters, ? one; lists with commas, or repeated
    --all              buffers and moving averages of weights too
    --no-strip-prefix  do not take "module.", "_orig_mod." or a model's own name off names to match them
    --spectrum         the largest singular values of each matrix's change (--values N: 10), its stable and
                       effective rank: a low-rank update or a full one?
    --csv[=FILE]       a row for each tensor, on standard output without FILE (also --csv FILE.csv)`,
  trajectory: `weight-odometer trajectory DIR|FILES... [--json] [--csv[=FILE]] [--html FILE]
    Distances over a series of checkpoints w_0 ... w_T: d(w_0, w_t), d(w_t, w_T), d(w_{t-1}, w_t), in total and by
    tensor, and the length of the path. Ordered by the step number in the names, or else by time. Each checkpoint
    is read once.
    --watch            follow DIR while a training writes to it, until Ctrl+C; with --json a line for each checkpoint,
                       then the whole. A new checkpoint costs reading three, the end each once more
    --order step|time|given
    --include, --exclude, --all, --no-strip-prefix  as diff has them`,
  qmcm: `weight-odometer qmcm simulate [--points 10000] [--dimensions 100] [--ratio 0.1] [--sweep] [--seed 0] [--json] [--html FILE]
    The paper's simulation (Fig. 4): of points uniform on the unit sphere a share, the ratio r, is X'; how far are the
    others from their nearest point in X', and how near to normal are these distances?
    --sweep        r = 1 ... 99 % too (Fig. 5), beside what true normal samples of the same size give
weight-odometer qmcm estimate DIR [--threshold 0.3] [--samples 200] [--seed 0] [--json] [--html FILE]
    Algorithm 2 over the finished runs of an experiment: the mean distance of initial states to the nearest final
    state, without the farthest while c_v is above the threshold.`,
};

/** Help for one command, or for all. */
export function help(command?: string): string {
  const one = command === undefined ? undefined : commandHelp[command];
  if (one !== undefined) return one;
  return [
    "How far training moved the weights of a neural network, and what that distance means.",
    ...Object.values(commandHelp),
    "weight-odometer --version\n\nExit code: 0 done, 1 failed, 2 wrong usage. Progress and messages go to standard error.",
  ].join("\n\n");
}
