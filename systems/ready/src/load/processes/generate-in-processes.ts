import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { HeavyliftError } from '@heavylift/core'
import type { Generated } from '../generate.ts'
import { Measured } from '../measure.ts'
import type { Scenario } from '../scenario.ts'
import type { Target } from '../target.ts'
import type { FromGenerator, ToGenerator } from './generator-message.ts'
import { mergeParts } from './merge-parts.ts'
import { isRealtimeAllowed } from './realtime.ts'

export interface ProcessOptions {
  /** How many generators share the plan. */
  count: number
  /** Asks for the real-time class, where it is allowed. */
  isRealtime: boolean
  /** What all have measured so far, once a second. */
  onMeasured?: (measured: Measured) => void
}

/** Until all have begun to listen. */
const leadMs = 400
const child = fileURLToPath(new URL('generator-child.ts', import.meta.url))

/**
 * Plays a scenario by generators in processes of their own, each its part of the plan, and merges what they measure without loss.
 * @throws HeavyliftError `generator-broken` where one of them ended before its plan did
 */
export async function generateInProcesses(
  scenario: Scenario,
  target: Target,
  signal: AbortSignal,
  { count, isRealtime, onMeasured }: ProcessOptions,
): Promise<Generated> {
  const program =
    isRealtime && isRealtimeAllowed()
      ? { execPath: 'chrt', execArgv: ['--fifo', '1', process.execPath] }
      : { execArgv: [] }
  const latest = Array.from({ length: count }, () => new Measured())
  const merged = () => {
    const all = new Measured()
    for (const one of latest) all.merge(one)
    return all
  }
  const children = latest.map(() =>
    fork(child, { ...program, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }),
  )
  const tell = (message: ToGenerator) => {
    for (const one of children) if (one.connected) one.send(message)
  }
  const stop = () => tell({ stop: true })
  try {
    await Promise.all(children.map((one) => once(one, 'spawn')))
    const startAtMs = Date.now() + leadMs
    for (const [at, one] of children.entries())
      one.send({ order: { scenario, target, part: { at, of: count }, startAtMs } } satisfies ToGenerator)
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    const ends = await Promise.all(
      children.map((one, at) =>
        ended(one, (measured) => {
          latest[at] = measured
          onMeasured?.(merged())
        }),
      ),
    )
    return mergeParts(ends.map((end, at) => ({ ...end, measured: latest[at] as Measured })))
  } finally {
    signal.removeEventListener('abort', stop)
    for (const one of children) one.kill('SIGKILL')
  }
}

type End = Omit<Generated, 'measured'>

function ended(one: ChildProcess, onMeasured: (measured: Measured) => void): Promise<End> {
  return new Promise((resolve, reject) => {
    const broken = (why: string) => reject(new HeavyliftError({ code: 'generator-broken', message: why }))
    one.on('message', (message: FromGenerator) => {
      if ('problem' in message) {
        broken(message.problem)
        return
      }
      onMeasured(Measured.fromJson(message.measured))
      if (message.end !== null) resolve(message.end)
    })
    one.on('error', (error) => broken(`The generator did not start: ${error.message}`))
    one.on('exit', () => broken('A generator ended before its plan did. Start the run again.'))
  })
}
