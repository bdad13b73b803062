import type { LogEvent } from '../../src/log/log.ts'
import { sum } from '../../src/windows/aggregate.ts'
import { createTumblingWindow } from '../../src/windows/sliding-window.ts'
import type { WindowOutput } from '../../src/windows/window-output.ts'
import { testCodec, testEvent } from './test-codec.ts'

/** Windows of three keys with late events and events that fail, for processes that are killed. */
export function mortalProcessor() {
  return createTumblingWindow({
    name: 'mortal',
    version: 1,
    input: { topic: 'in', codec: testCodec<number>() },
    output: { topic: 'out', codec: testCodec<WindowOutput<number>>() },
    sizeMs: 20,
    allowedLatenessMs: 40,
    maxOutOfOrderMs: 3,
    aggregate: sum((value: number) => {
      if (value === 17) throw new Error('a value that fails')
      return value
    }),
  })
}

export function mortalEvents(from: number, count: number): LogEvent[] {
  return Array.from({ length: count }, (_, i) => {
    const n = from + i
    const backMs = n % 11 === 0 ? 30 : 0
    return testEvent(`e${n}`, `k${n % 3}`, 1000 + 2 * n - backMs, n % 40)
  })
}
