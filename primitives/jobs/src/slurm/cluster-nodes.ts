/** A node as the cluster itself tells it. */
export interface ClusterNode {
  node: string
  cores: number
  /** Slurm's words, in lower case: `idle`, `mixed`, `drained`, `down*`, … */
  state: string
  reason: string
}

/** Options of `sinfo` under which it prints what `parseSinfo` reads: a line a node and partition, four fields. */
export const sinfoOptions = ['--noheader', '--Node', '--format=%N|%c|%T|%E']

/** Reads `sinfo --Node --format='%N|%c|%T|%E'` (sinfo(1): node, CPUs, state, reason); a node of two partitions comes once. */
export function parseSinfo(output: string): ClusterNode[] {
  const nodes = new Map<string, ClusterNode>()
  for (const line of output.split('\n').filter((each) => each.includes('|'))) {
    const [node = '', cores = '', state = '', ...reason] = line.split('|')
    nodes.set(node, { node, cores: Number(cores), state, reason: reason.join('|') })
  }
  return [...nodes.values()]
}
