import { sum } from '@heavylift/core/math'
import type { ClusterNode } from '../slurm/cluster-nodes.ts'
import type { JobReader } from './job-reader.ts'
import type { NodesPicture, NodeSummary } from './job-summary.ts'

/** Spans that the window is cut into. */
const spans = 60

interface Building extends NodeSummary {
  busyMs: number[]
}

/**
 * Nodes and how busy their workers were over the last `windowMs`, from the journals of all jobs and from who works now. `known`: nodes
 * that are there even if they did nothing.
 */
export function describeNodes(
  readers: readonly JobReader[],
  options: {
    nowMs: number
    windowMs: number
    known: readonly { node: string; executor: 'local' | 'slurm'; workers: number }[]
    cluster: readonly ClusterNode[]
  },
): NodesPicture {
  const { nowMs, windowMs, known, cluster } = options
  const fromMs = nowMs - windowMs
  const nodes = new Map<string, Building>()
  /** By node, the workers of each process that works there now. */
  const processes = new Map<string, Map<string, number>>()
  const nodeOf = (node: string, executor: 'local' | 'slurm'): Building => {
    const found = nodes.get(node)
    if (found !== undefined) return found
    const fresh = emptyNode(node, executor)
    nodes.set(node, fresh)
    return fresh
  }
  for (const { node, executor, workers } of known) nodeOf(node, executor).workers = workers
  for (const { node, cores } of cluster) nodeOf(node, 'slurm').workers = cores
  for (const reader of readers) {
    const executor = reader.summary().executor ?? 'local'
    for (const event of reader.events) {
      if (event.atMs < fromMs || event.node === '') continue
      if (event.kind === 'ran') {
        const node = nodeOf(event.node, executor)
        node.workers = Math.max(node.workers, event.worker + 1)
        node.lastSeenMs = Math.max(node.lastSeenMs, event.atMs)
        if (event.end === 'done') node.chunksDone++
        if (event.end === 'preempted') node.preemptions++
        addBusy(node.busyMs, event.startedAtMs - fromMs, event.atMs - fromMs, windowMs)
      } else if (event.kind === 'attempt' && event.cause !== 'threw') nodeOf(event.node, executor).crashes++
      else if (event.kind === 'drained' || event.kind === 'node-lost') {
        const node = nodeOf(event.node, executor)
        node.state = event.kind === 'drained' ? 'drained' : 'lost'
        node.reason = event.reason
      }
    }
    for (const presence of reader.presences) {
      // The process that watches over arrays computes nothing.
      if (presence.executor === 'slurm') continue
      const node = nodeOf(presence.node, presence.executor === 'local' ? 'local' : 'slurm')
      // Several processes may have workers on one node.
      const here = processes.get(presence.node) ?? new Map<string, number>()
      processes.set(presence.node, here)
      here.set(`${presence.host} ${presence.pid}`, presence.workers)
      node.workers = Math.max(node.workers, sum(here.values()))
      node.lastSeenMs = Math.max(node.lastSeenMs, presence.updatedAtMs)
      node.busy += presence.running.length
      for (const { startedAtMs } of presence.running)
        addBusy(node.busyMs, startedAtMs - fromMs, windowMs, windowMs)
    }
  }
  for (const { node, state, reason } of cluster) applyCluster(nodeOf(node, 'slurm'), state, reason)
  return {
    atMs: nowMs,
    windowMs,
    nodes: [...nodes.values()]
      .map((node) => finish(node, windowMs))
      .sort((a, b) => a.node.localeCompare(b.node)),
    happened: readers
      .flatMap((reader) => {
        const { id, name } = reader.summary()
        return reader
          .happened()
          .filter(({ tone, atMs }) => tone !== 'idle' && atMs >= fromMs)
          .map((each) => ({ ...each, jobId: id, jobName: name }))
      })
      .sort((a, b) => b.atMs - a.atMs)
      .slice(0, 50),
  }
}

function emptyNode(node: string, executor: 'local' | 'slurm'): Building {
  return {
    node,
    executor,
    state: 'idle',
    reason: '',
    workers: 0,
    busy: 0,
    busyShares: [],
    busyMs: Array.from({ length: spans }, () => 0),
    chunksDone: 0,
    crashes: 0,
    preemptions: 0,
    lastSeenMs: 0,
  }
}

/** The cluster knows best: a node that an operator took back is well again. */
function applyCluster(node: Building, state: string, reason: string): void {
  if (/^(down|fail|unknown)/.test(state) || state.includes('*')) node.state = 'lost'
  else if (state.startsWith('drain')) node.state = 'drained'
  else node.state = 'idle'
  node.reason = node.state === 'idle' ? '' : reason === 'none' ? '' : reason
}

function addBusy(busyMs: number[], fromMs: number, toMs: number, windowMs: number): void {
  const spanMs = windowMs / spans
  for (let span = Math.max(0, Math.floor(fromMs / spanMs)); span < spans && span * spanMs < toMs; span++) {
    const overlapMs = Math.min(toMs, (span + 1) * spanMs) - Math.max(fromMs, span * spanMs)
    busyMs[span] = busyMs[span]! + Math.max(0, overlapMs)
  }
}

function finish({ busyMs, ...node }: Building, windowMs: number): NodeSummary {
  const wholeMs = (windowMs / spans) * Math.max(1, node.workers)
  return {
    ...node,
    state: node.state === 'idle' && node.busy > 0 ? 'working' : node.state,
    busyShares: busyMs.map((ms) => Math.round(Math.min(1, ms / wholeMs) * 1000) / 1000),
  }
}
