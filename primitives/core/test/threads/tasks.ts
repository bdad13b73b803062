import { InvalidInputError } from '../../src/errors.ts'
import type { ThreadPart, ThreadTask } from '../../src/threads/index.ts'

export const taskNamed = (name: string): ThreadTask => ({ module: import.meta.url, export: name })

/** As many parts as are asked for, each of one byte. */
export function* count(most: number): Generator<ThreadPart> {
  for (let at = 0; at < most; at++) yield Uint8Array.of(at)
}

/** Says that it has begun, then never comes to an end. */
export function* spin(begun: SharedArrayBuffer): Generator<ThreadPart> {
  Atomics.store(new Int32Array(begun), 0, 1)
  yield* []
  for (;;) Math.sqrt(2)
}

export function* eat(): Generator<ThreadPart> {
  yield* []
  const eaten: number[][] = []
  for (;;) eaten.push(Array.from({ length: 10_000 }, (_, at) => at))
}

export function* refuse(): Generator<ThreadPart> {
  yield* []
  throw new InvalidInputError({
    code: 'no-such-thing',
    message: 'There is no such thing.',
    details: { a: 1 },
  })
}

export function* breakDown(): Generator<ThreadPart> {
  yield Uint8Array.of(1)
  throw new TypeError('a defect')
}
