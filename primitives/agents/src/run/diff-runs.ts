import type { Entry } from './entry.ts'

/** How one path came out in two runs. */
export interface PathDiff {
  path: string
  /** Null where the run did not come there. */
  a: PathEnd | null
  b: PathEnd | null
  isSame: boolean
}

interface PathEnd {
  state: 'ended' | 'skipped' | 'open'
  exit: string | null
  output: unknown
  failure: { code: string; message: string } | null
  ms: number | null
}

/** Paths of steps in either run, in the order in which the first that came there did; times are told and do not count. */
export function diffRuns(a: readonly Entry[], b: readonly Entry[]): PathDiff[] {
  const [inA, inB] = [endsOf(a), endsOf(b)]
  return [...new Set([...inA.keys(), ...inB.keys()])].map((path) => {
    const [ofA, ofB] = [inA.get(path) ?? null, inB.get(path) ?? null]
    return { path, a: ofA, b: ofB, isSame: sameOf(ofA) === sameOf(ofB) }
  })
}

function sameOf(end: PathEnd | null): string {
  return end === null ? '' : JSON.stringify([end.state, end.exit, end.output, end.failure?.code])
}

function endsOf(entries: readonly Entry[]): Map<string, PathEnd> {
  const ends = new Map<string, PathEnd>()
  const beganMs = new Map<string, number>()
  for (const { path, atMs, happened } of entries) {
    if (happened.kind === 'began') {
      beganMs.set(path, atMs)
      ends.set(path, { state: 'open', exit: null, output: null, failure: null, ms: null })
    } else if (happened.kind === 'skipped')
      ends.set(path, { state: 'skipped', exit: null, output: null, failure: null, ms: null })
    else if (happened.kind === 'ended') {
      const began = beganMs.get(path)
      const { exit, output, failure } = happened
      ends.set(path, {
        state: 'ended',
        exit,
        output: output === undefined ? null : 'value' in output ? output.value : output,
        failure: failure ?? null,
        ms: began === undefined ? null : atMs - began,
      })
    }
  }
  return ends
}
