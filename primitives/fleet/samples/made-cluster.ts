import { createRandom } from '@heavylift/core'
import type { GpuNode, Pod } from '../src/domain/gpu-cluster.ts'

const types = ['A', 'B', 'C'] as const

/** A made cluster of 160 machines in racks of 16, and two lists of pods: of any type, and a third of them with types of their own. */
export function makeGpuCluster(): { nodes: GpuNode[]; lists: Record<string, Pod[]> } {
  const nodes: GpuNode[] = Array.from({ length: 160 }, (_, i) => {
    const type = i % 10 < 5 ? 'A' : i % 10 < 8 ? 'B' : 'C'
    const gpus = type === 'C' ? 4 : 8
    const cpuMilli = type === 'A' ? 96_000 : type === 'B' ? 64_000 : 128_000
    return {
      name: `n${String(i).padStart(3, '0')}`,
      cpuMilli,
      memoryMib: 786_432,
      gpus,
      gpuType: type,
      rack: `r${Math.floor(i / 16)}`,
    }
  })
  const random = createRandom('fleet-pods')
  const draw = (isTyped: boolean): Pod[] =>
    Array.from({ length: 1200 }, (_, i) => {
      const dice = random.next()
      const gpus = dice < 0.12 ? 0 : dice < 0.85 ? 1 : dice < 0.92 ? 2 : dice < 0.96 ? 4 : 8
      const gpuMilli =
        gpus === 0 ? 0 : gpus > 1 || random.chance(0.5) ? 1000 : random.pick([200, 330, 460, 500, 750])
      const cpuMilli =
        gpus === 0
          ? random.pick([4000, 8000, 16_000])
          : Math.round((gpus * gpuMilli) / 1000) * random.pick([4000, 8000, 12_000]) + 2000
      const gpuTypes = isTyped && gpus > 0 && random.chance(0.33) ? [random.pick(types)] : []
      return { name: `p${i}`, cpuMilli, memoryMib: 1024 * random.pick([4, 16, 32]), gpus, gpuMilli, gpuTypes }
    })
  return { nodes, lists: { any: draw(false), typed: draw(true) } }
}
