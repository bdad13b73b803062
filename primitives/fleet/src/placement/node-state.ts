import type { GpuNode, Pod } from '../domain/gpu-cluster.ts'

export const wholeGpu = 1000

/** A kind of task: pods that ask for the same are the same to every policy. */
export interface PodKind {
  index: number
  cpuMilli: number
  memoryMib: number
  gpus: number
  gpuMilli: number
  gpuTypes: readonly string[]
  /** Of one GPU only, and not all of it. */
  isShare: boolean
  totalGpuMilli: number
  /** How `GpuClustering` names it: share, or so many GPUs. */
  affinity: number
}

/** Kinds by what pods ask for, and the kind of each pod. */
export function kindsOf(pods: readonly Pod[]): { kinds: PodKind[]; kindOf: Int32Array } {
  const byText = new Map<string, PodKind>()
  const kindOf = new Int32Array(pods.length)
  pods.forEach((pod, i) => {
    const text = [pod.cpuMilli, pod.memoryMib, pod.gpus, pod.gpuMilli, ...pod.gpuTypes].join()
    let kind = byText.get(text)
    if (kind === undefined) {
      const isShare = pod.gpus === 1 && pod.gpuMilli < wholeGpu
      kind = {
        index: byText.size,
        cpuMilli: pod.cpuMilli,
        memoryMib: pod.memoryMib,
        gpus: pod.gpus,
        gpuMilli: pod.gpuMilli,
        gpuTypes: pod.gpuTypes,
        isShare,
        totalGpuMilli: pod.gpus * pod.gpuMilli,
        affinity: pod.gpus === 0 ? 0 : isShare ? 1 : 1 + pod.gpus,
      }
      byText.set(text, kind)
    }
    kindOf[i] = kind.index
  })
  return { kinds: [...byText.values()], kindOf }
}

/** What is left on a machine. Its GPUs keep their order. */
export class NodeState {
  readonly node: GpuNode
  cpuMilli: number
  memoryMib: number
  readonly gpuMilli: Int32Array
  /** Pods by affinity. */
  readonly affinities = new Map<number, number>()
  /** Takes no pods. */
  isOut = false
  /** Number that a cluster gives to machines that are alike now; −1 after a change. */
  form = -1

  constructor(node: GpuNode) {
    this.node = node
    this.cpuMilli = node.cpuMilli
    this.memoryMib = node.memoryMib
    this.gpuMilli = new Int32Array(node.gpus).fill(wholeGpu)
  }

  /** What ratings depend on, as text. */
  describe(): string {
    const affinities = [...this.affinities.keys()].sort((a, b) => a - b)
    return `${this.node.gpuType}|${this.node.gpus}|${this.cpuMilli}|${this.gpuMilli.slice().sort().join()}|${affinities.join()}`
  }

  get totalGpuMilli(): number {
    let sum = 0
    for (const milli of this.gpuMilli) sum += milli
    return sum
  }

  get idleGpus(): number {
    let count = 0
    for (const milli of this.gpuMilli) count += milli === wholeGpu ? 1 : 0
    return count
  }

  fits(kind: PodKind): boolean {
    return !this.isOut && this.memoryMib >= kind.memoryMib && this.fitsButForMemory(kind)
  }

  fitsButForMemory(kind: PodKind): boolean {
    if (this.cpuMilli < kind.cpuMilli) return false
    if (kind.gpus === 0) return true
    if (!this.accepts(kind)) return false
    let wanted = kind.gpus
    for (const milli of this.gpuMilli) {
      if (milli >= kind.gpuMilli && --wanted === 0) return true
    }
    return false
  }

  /** How many pods of a kind it has room for. */
  room(kind: PodKind): number {
    if (!this.fits(kind)) return 0
    let room = Infinity
    if (kind.cpuMilli > 0) room = Math.min(room, Math.floor(this.cpuMilli / kind.cpuMilli))
    if (kind.memoryMib > 0) room = Math.min(room, Math.floor(this.memoryMib / kind.memoryMib))
    if (kind.gpus === 0) return Number.isFinite(room) ? room : 1
    let onGpus = 0
    for (const milli of this.gpuMilli) onGpus += Math.floor(milli / kind.gpuMilli)
    return Math.min(room, Math.floor(onGpus / kind.gpus))
  }

  /** Its type of GPU is one that the pod runs on. */
  accepts(kind: PodKind): boolean {
    return kind.gpuTypes.length === 0 || kind.gpuTypes.includes(this.node.gpuType)
  }

  /** Puts a pod on the machine: a share on the first GPU that has just `onMilli` left, whole ones on the first idle. Says on which. */
  take(kind: PodKind, onMilli: number): number[] {
    this.form = -1
    const gpus = kind.isShare ? [this.gpuMilli.indexOf(onMilli)] : this.#idle(kind.gpus)
    this.cpuMilli -= kind.cpuMilli
    this.memoryMib -= kind.memoryMib
    for (const gpu of gpus) this.gpuMilli[gpu]! -= kind.gpuMilli
    this.affinities.set(kind.affinity, (this.affinities.get(kind.affinity) ?? 0) + 1)
    return gpus
  }

  release(kind: PodKind, gpus: readonly number[]): void {
    this.form = -1
    this.cpuMilli += kind.cpuMilli
    this.memoryMib += kind.memoryMib
    for (const gpu of gpus) this.gpuMilli[gpu]! += kind.gpuMilli
    const left = this.affinities.get(kind.affinity)! - 1
    if (left === 0) this.affinities.delete(kind.affinity)
    else this.affinities.set(kind.affinity, left)
  }

  #idle(count: number): number[] {
    const found: number[] = []
    for (let gpu = 0; gpu < this.gpuMilli.length && found.length < count; gpu++) {
      if (this.gpuMilli[gpu] === wholeGpu) found.push(gpu)
    }
    return found
  }

  /** What the fullest GPU that has room for a share has left. */
  tightestMilli(kind: PodKind): number {
    let best = Infinity
    for (const milli of this.gpuMilli) {
      if (milli >= kind.gpuMilli && milli < best) best = milli
    }
    return best
  }
}
