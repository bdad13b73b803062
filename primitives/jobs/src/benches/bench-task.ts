import { appendFileSync, writeFileSync } from 'node:fs'
import { createRandom } from '@heavylift/core'
import type { TaskContext } from '../task/task.ts'

export interface BenchInput {
  /** Seeded numbers that are summed: about 10 ns each. */
  numbers: number
  /** Takes a line for each run of an input. */
  log?: string
  /** The thread ends under the input, unless this file is there already. */
  endsThread?: string
  /** The input's process is killed, unless this file is there already. */
  endsProcess?: string
}

/** A sum that follows from the index alone. */
export function work(input: BenchInput, { index }: TaskContext): { sum: number } {
  if (input.log !== undefined) appendFileSync(input.log, `${index}\n`)
  const random = createRandom(`bench ${index}`)
  let sum = 0
  for (let i = 0; i < input.numbers; i++) sum += random.next()
  if (input.endsThread !== undefined && isFirst(input.endsThread)) process.exit(1)
  if (input.endsProcess !== undefined && isFirst(input.endsProcess)) process.kill(process.pid, 'SIGKILL')
  return { sum }
}

function isFirst(marker: string): boolean {
  try {
    writeFileSync(marker, '', { flag: 'wx' })
    return true
  } catch {
    return false
  }
}
