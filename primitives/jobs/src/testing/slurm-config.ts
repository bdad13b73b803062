/** What the configuration of a test cluster depends on. */
export interface SlurmSettings {
  folder: string
  /** The machine's short host name: every node is this machine under another name. */
  host: string
  controllerPort: number
  /** One a node. */
  nodePorts: readonly number[]
  /** Nodes that have a pair of partitions of their own: `safety-<name>` and `experiment-<name>`. */
  groups: Readonly<Record<string, readonly number[]>>
  /** Cores that each node says it has; 2 unless given. */
  cores?: number
  /** Lines in place of the partitions above, e.g. `PartitionName=all Nodes=ALL`. */
  partitions?: readonly string[]
}

/**
 * `slurm.conf` for a cluster on one machine: as root, without systemd, cgroups or a database. Partition `safety` preempts `experiment` by
 * requeue; a job takes a core of the two that each node says it has.
 */
export function writeSlurmConf({
  folder,
  host,
  controllerPort,
  nodePorts,
  groups,
  cores = 2,
  partitions: own,
}: SlurmSettings): string {
  const nodes = nodePorts.map(
    (port, i) =>
      `NodeName=n${i} NodeHostname=${host} NodeAddr=127.0.0.1 Port=${port} CPUs=${cores} Boards=1 SocketsPerBoard=1 ` +
      `CoresPerSocket=${cores} ThreadsPerCore=1 RealMemory=1000 State=UNKNOWN`,
  )
  const pair = (suffix: string, members: readonly number[]): string => {
    const names = `Nodes=${members.map((i) => `n${i}`).join(',')} MaxTime=INFINITE State=UP`
    return (
      `PartitionName=safety${suffix} ${names} PriorityTier=100 PreemptMode=OFF\n` +
      `PartitionName=experiment${suffix} ${names} PriorityTier=1 PreemptMode=REQUEUE\n`
    )
  }
  const partitions = own?.map((line) => `${line}\n`) ?? [
    pair(
      '',
      nodePorts.map((_, i) => i),
    ),
    ...Object.entries(groups).map(([name, members]) => pair(`-${name}`, members)),
  ]
  return `ClusterName=test
SlurmctldHost=${host}(127.0.0.1)
SlurmctldPort=${controllerPort}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=${folder}/munge.sock,cred_expire=5
StateSaveLocation=${folder}/state
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmctldLogFile=${folder}/slurmctld.log
SlurmdPidFile=${folder}/slurmd.%n.pid
SlurmdSpoolDir=${folder}/spool.%n
SlurmdLogFile=${folder}/slurmd.%n.log
SlurmdParameters=config_overrides
SlurmdTimeout=4
MessageTimeout=2
TCPTimeout=1
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
ReturnToService=2
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=bf_interval=1,sched_interval=1,sched_min_interval=0,requeue_delay=1
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
PriorityType=priority/basic
JobRequeue=1
KillWait=3
MinJobAge=600
${nodes.join('\n')}
${partitions.join('')}`
}

/**
 * `cgroup.conf`. The node daemon of 22.05 loads a cgroup plugin even if nothing uses it: the first version's needs no more than a name, so it
 * is pointed at an empty folder.
 */
export function writeCgroupConf(folder: string): string {
  return `CgroupPlugin=cgroup/v1\nCgroupAutomount=no\nCgroupMountpoint=${folder}/cgroup\n`
}
