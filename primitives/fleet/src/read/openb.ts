import { createCsvReader } from '@heavylift/core/rows'
import { ImportReport } from '../domain/import-report.ts'
import type { GpuNode, Pod } from '../domain/gpu-cluster.ts'

/** Reads the node table of openb: `sn,cpu_milli,memory_mib,gpu,model`. */
export function readOpenbNodes(text: string): { nodes: GpuNode[]; report: ImportReport } {
  const { rows, report } = readRows(text)
  const nodes: GpuNode[] = []
  for (const { fields, line } of rows) {
    const node = {
      name: cell(fields['sn']),
      cpuMilli: count(fields['cpu_milli']),
      memoryMib: count(fields['memory_mib']),
      gpus: count(fields['gpu']),
      gpuType: cell(fields['model']),
    }
    if (node.name === '' || [node.cpuMilli, node.memoryMib, node.gpus].some(Number.isNaN))
      report.note('not-a-row', line)
    else {
      report.accepted++
      nodes.push(node)
    }
  }
  return { nodes, report }
}

/** Reads a pod list of openb: `name,cpu_milli,memory_mib,num_gpu,gpu_milli[,gpu_spec,…]`; `gpu_spec` are types with `|` between them. */
export function readOpenbPods(text: string): { pods: Pod[]; report: ImportReport } {
  const { rows, report } = readRows(text)
  const pods: Pod[] = []
  for (const { fields, line } of rows) {
    const pod: Pod = {
      name: cell(fields['name']),
      cpuMilli: count(fields['cpu_milli']),
      memoryMib: count(fields['memory_mib']),
      gpus: count(fields['num_gpu']),
      gpuMilli: count(fields['gpu_milli']),
      gpuTypes: cell(fields['gpu_spec']).split('|').filter(Boolean),
    }
    const isBroken =
      [pod.cpuMilli, pod.memoryMib, pod.gpus, pod.gpuMilli].some(Number.isNaN) ||
      (pod.gpus > 1 && pod.gpuMilli !== 1000)
    if (pod.name === '' || isBroken) report.note('not-a-row', line)
    else {
      report.accepted++
      pods.push(pod)
    }
  }
  return { pods, report }
}

function readRows(text: string): {
  rows: { fields: Record<string, unknown>; line: number }[]
  report: ImportReport
} {
  const csv = createCsvReader()
  const report = new ImportReport()
  const rows: { fields: Record<string, unknown>; line: number }[] = []
  for (const row of [...csv.push(text), ...csv.end()]) {
    report.rows++
    if ('fields' in row) rows.push(row)
    else report.note('not-a-row', row.line)
  }
  return { rows, report }
}

/** Cells of CSV are text. */
const cell = (value: unknown) => (typeof value === 'string' ? value : '')

function count(value: unknown): number {
  const text = cell(value).trim()
  const number = Number(text)
  return text === '' || !Number.isInteger(number) || number < 0 ? NaN : number
}
