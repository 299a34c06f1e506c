// slurm.conf of a private Slurm: no accounting, no cgroups, everything as one user on one machine.

/**
 * @param {{ folder: string, host: string, nodes: Record<string, number>, ports: readonly number[], maxArraySize: number }} site
 */
export function slurmConfiguration({ folder, host, nodes, ports, maxArraySize }) {
  const names = Object.keys(nodes);
  const nodeLines = names.map(
    (name, i) =>
      `NodeName=${name} NodeHostname=${host} NodeAddr=127.0.0.1 Port=${ports[i + 1]} CPUs=${nodes[name]} RealMemory=1000 State=UNKNOWN`,
  );
  return `${[
    "ClusterName=private",
    `SlurmctldHost=${host}(127.0.0.1)`,
    "SlurmUser=root",
    "SlurmdUser=root",
    `AuthInfo=socket=${folder}/run/munge.sock,cred_expire=5`,
    `SlurmctldPort=${ports[0]}`,
    `SlurmctldPidFile=${folder}/run/slurmctld.pid`,
    `SlurmdPidFile=${folder}/run/slurmd.%n.pid`,
    `SlurmctldLogFile=${folder}/log/slurmctld.log`,
    `SlurmdLogFile=${folder}/log/slurmd.%n.log`,
    `StateSaveLocation=${folder}/state`,
    `SlurmdSpoolDir=${folder}/spool/%n`,
    "ProctrackType=proctrack/linuxproc",
    "TaskPlugin=task/none",
    "MpiDefault=none",
    "AccountingStorageType=accounting_storage/none",
    "JobCompType=jobcomp/none",
    "RequeueExit=75",
    "MailProg=/bin/true",
    `MaxArraySize=${maxArraySize}`,
    "KillWait=5",
    "SchedulerParameters=sched_interval=2,bf_interval=2,batch_sched_delay=0,sched_min_interval=0",
    "SelectType=select/cons_tres",
    "SelectTypeParameters=CR_CPU",
    "MinJobAge=300",
    "ReturnToService=2",
    ...nodeLines,
    `PartitionName=test Nodes=${names.join(",")} Default=YES MaxTime=INFINITE State=UP`,
    `PartitionName=closed Nodes=${names.join(",")} MaxTime=1 State=UP`,
  ].join("\n")}\n`;
}
