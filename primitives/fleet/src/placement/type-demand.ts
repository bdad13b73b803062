import type { GpuNode } from '../domain/gpu-cluster.ts'
import type { TypicalPod } from './fragmentation.ts'

/** What a workload wants of one type of GPU. */
export interface Demand {
  /** CPU, in thousandths, that pods which can run on it ask for with a thousandth of GPU. */
  cpuPerGpuMilli: number
  /** GPU that pods ask for which name their types, over what the type's share of the cluster would bring; 0 when nobody names it. */
  pressure: number
}

export type TypeDemand = (gpuType: string) => Demand

/** By type of GPU, from the typical pods of a workload. A pod that names several types asks each for its part of their GPUs. */
export function demandByType(typical: readonly TypicalPod[], nodes: readonly GpuNode[]): TypeDemand {
  const capacity = new Map<string, number>()
  let total = 0
  for (const { gpuType, gpus } of nodes) {
    capacity.set(gpuType, (capacity.get(gpuType) ?? 0) + gpus)
    total += gpus
  }
  const named = new Map<string, number>()
  let asked = 0
  for (const { kind, share } of typical) {
    const gpu = share * kind.totalGpuMilli
    asked += gpu
    const those = kind.gpuTypes.reduce((sum, type) => sum + (capacity.get(type) ?? 0), 0)
    for (const type of kind.gpuTypes) {
      if (those > 0) named.set(type, (named.get(type) ?? 0) + (gpu * (capacity.get(type) ?? 0)) / those)
    }
  }
  const byType = new Map<string, Demand>()
  for (const [type, gpus] of capacity) {
    let cpu = 0
    let gpu = 0
    for (const { kind, share } of typical) {
      if (kind.gpus === 0 || (kind.gpuTypes.length > 0 && !kind.gpuTypes.includes(type))) continue
      cpu += share * kind.cpuMilli
      gpu += share * kind.totalGpuMilli
    }
    const pressure = asked > 0 && gpus > 0 ? (named.get(type) ?? 0) / asked / (gpus / total) : 0
    byType.set(type, { cpuPerGpuMilli: gpu > 0 ? Math.max(1e-6, cpu / gpu) : 1e-6, pressure })
  }
  return (type) => byType.get(type) ?? { cpuPerGpuMilli: 1e-6, pressure: 0 }
}
