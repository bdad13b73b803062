import type { Random } from '@heavylift/core'
import { leastFragments } from './fragmentation.ts'
import type { TypicalPod } from './fragmentation.ts'
import type { TypeDemand } from './type-demand.ts'
import { wholeGpu } from './node-state.ts'
import type { NodeState, PodKind } from './node-state.ts'

/** Where a pod would go on a machine that has room for it. */
export interface Option {
  /** The highest wins, the first machine in a tie. */
  score: number
  /** What the GPU that a share goes on has left before; of no matter for whole GPUs. */
  onMilli: number
}

export interface PlacementPolicy {
  name: string
  /** The same for the same machine and pod, so that a rating need not be made again. */
  isPure: boolean
  /** Looks at what is left on the machine, its type and who is there; not at its memory, which only decides whether a pod fits. */
  rate(state: NodeState, kind: PodKind, view: PlacementView): Option
}

export interface PlacementView {
  typical: readonly TypicalPod[]
  demand: TypeDemand
  random: Random
}

/** To the scale of the published scores, so that ties are the same. */
const maxCpuMilli = 128_000
const maxGpuMilli = 8 * wholeGpu

const tight = (state: NodeState, kind: PodKind): number =>
  kind.isShare ? state.tightestMilli(kind) : wholeGpu

export const randomPlacement: PlacementPolicy = {
  name: 'Random',
  isPure: false,
  rate(state, kind, { random }) {
    const score = random.next()
    if (!kind.isShare) return { score, onMilli: wholeGpu }
    return {
      score,
      onMilli: random.pick(Array.from(state.gpuMilli).filter((milli) => milli >= kind.gpuMilli)),
    }
  },
}

/** Least left in the sum of resources, each on the scale of the largest machine. */
export const bestFit: PlacementPolicy = {
  name: 'BestFit',
  isPure: true,
  rate(state, kind) {
    const left =
      (state.cpuMilli - kind.cpuMilli) / maxCpuMilli +
      (state.totalGpuMilli - kind.totalGpuMilli) / maxGpuMilli
    return { score: Math.trunc(100 * (1 - left / 2)), onMilli: tight(state, kind) }
  },
}

/** Least product of what is left and what is asked for, so that much is kept for who asks for the like: after Tetris. */
export const dotProd: PlacementPolicy = {
  name: 'DotProd',
  isPure: true,
  rate(state, kind) {
    const cpu = (state.cpuMilli / maxCpuMilli) * (kind.cpuMilli / maxCpuMilli)
    const gpu = (state.totalGpuMilli / maxGpuMilli) * (kind.totalGpuMilli / maxGpuMilli)
    return { score: Math.trunc(100 * (1 - (cpu + gpu) / 2)), onMilli: tight(state, kind) }
  },
}

/** Like to like: machines with pods of the same size first, then empty ones, then others; the fuller first in each. After Gandiva. */
export const gpuClustering: PlacementPolicy = {
  name: 'GpuClustering',
  isPure: true,
  rate(state, kind) {
    if (kind.gpus === 0) return { score: 0, onMilli: 0 }
    const affinities = [...state.affinities.keys()].filter((one) => one > 0)
    const group = affinities.includes(kind.affinity)
      ? affinities.length === 1
        ? 3
        : 2
      : affinities.length === 0
        ? 1
        : 0
    const full = Math.trunc((25 * (maxGpuMilli - state.totalGpuMilli)) / maxGpuMilli)
    return { score: full + 25 * group, onMilli: tight(state, kind) }
  },
}

/** GPUs that are in use first, then idle ones of machines in use, then empty machines. After MLaaS in the Wild. */
export const gpuPacking: PlacementPolicy = {
  name: 'GpuPacking',
  isPure: true,
  rate(state, kind) {
    const onMilli = tight(state, kind)
    if (kind.gpus === 0) return { score: 0, onMilli }
    const idle = state.idleGpus
    if (idle === state.gpuMilli.length) return { score: Math.max(33 - idle, idle), onMilli }
    if (onMilli === wholeGpu) return { score: Math.max(50 - kind.gpus, 33), onMilli }
    return { score: Math.max(100 - Math.trunc(onMilli / 100), 50), onMilli }
  },
}

/** Fragmentation gradient descent: where fragments grow least. */
export const fgd: PlacementPolicy = {
  name: 'FGD',
  isPure: true,
  rate(state, kind, { typical }) {
    const { onMilli, grown } = leastFragments(state, kind, typical)
    return { score: Math.trunc(100 / (1 + Math.exp(grown / 1000))), onMilli }
  },
}

/** Chosen on the pod lists default, gpuspec33 and multigpu50 of openb; cpu100 was not looked at for it. */
const balance = { cpuShare: 0.7, stranded: 1, scarcity: 1, highestPressure: 3 }

/**
 * Fragments as FGD counts them, and two things that it cannot see. GPUs are stranded when a machine has fewer CPUs left than they
 * will need, which a single pod that still fits hides. And a pod that runs anywhere should not take a type that others can alone run on.
 */
export const balanced: PlacementPolicy = {
  name: 'Balanced',
  isPure: true,
  rate(state, kind, { typical, demand }) {
    const { onMilli, grown } = leastFragments(state, kind, typical)
    const { cpuPerGpuMilli, pressure } = demand(state.node.gpuType)
    const stranded = (cpuMilli: number, gpuMilli: number) =>
      Math.max(0, gpuMilli - cpuMilli / (cpuPerGpuMilli * balance.cpuShare))
    const gpuMilli = state.totalGpuMilli
    const more =
      stranded(state.cpuMilli - kind.cpuMilli, gpuMilli - kind.totalGpuMilli) -
      stranded(state.cpuMilli, gpuMilli)
    const scarce = kind.gpus === 0 ? 0 : Math.min(balance.highestPressure, pressure)
    const loss = (grown + balance.stranded * more) / 1000 + balance.scarcity * scarce
    return { score: Math.trunc(100 / (1 + Math.exp(loss))), onMilli }
  },
}

export const placementPolicies = [
  randomPlacement,
  dotProd,
  gpuClustering,
  gpuPacking,
  bestFit,
  fgd,
  balanced,
] as const
