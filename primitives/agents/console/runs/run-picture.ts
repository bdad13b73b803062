import type { StateName } from '@heavylift/ui'
import type { Failure, Happened } from '../../src/run/entry.ts'
import { isNormalExit } from '../../src/run/join.ts'
import type { GraphModel } from '../graph/graph-model.ts'

/** An entry of the journal, as the API answers it. */
export interface ShownEntry {
  seq: number
  path: string
  atMs: number
  happened: { kind: string }
}

/** How one step stands, over all items of a map. */
export interface StepPicture {
  state: 'running' | 'waiting' | 'done' | 'failed' | 'skipped' | 'asks' | 'uncertain'
  beganMs: number | null
  endedMs: number | null
  /** By which it was left last. */
  exit: string | null
  tokens: number
  costMicros: number
  /** Of a step inside a map: how many of its items. */
  begun: number
  ended: number
  failed: number
  tries: number
  /** Turns of a tool loop. */
  turns: number
  failure: Failure | null
  verdict: { verdict: string; rule: string; because: string } | null
}

/** The step of a path: `each.3.pay_one` is of `pay_one`, `solve#2.0` (a call in a loop) of `solve`. */
export function stepOfEntry(path: string): string {
  const [ofLoop = path] = path.split('#', 1)
  return ofLoop.split('.').findLast((part) => !/^\d+$/.test(part)) ?? ofLoop
}

/** What the journal says of each step so far. */
export function pictureOf(entries: readonly ShownEntry[]): Map<string, StepPicture> {
  const pictures = new Map<string, StepPicture>()
  const open = new Map<string, Set<string>>()
  for (const { path, atMs, happened } of entries) {
    const id = stepOfEntry(path)
    let picture = pictures.get(id)
    if (picture === undefined) {
      picture = emptyPicture()
      pictures.set(id, picture)
    }
    take(picture, path, atMs, happened as Happened, open, id)
  }
  return pictures
}

function take(
  picture: StepPicture,
  path: string,
  atMs: number,
  happened: Happened,
  open: Map<string, Set<string>>,
  id: string,
): void {
  const under = open.get(id) ?? new Set<string>()
  open.set(id, under)
  const isInLoop = path.includes('#')
  switch (happened.kind) {
    case 'began':
      if (isInLoop) return
      picture.beganMs ??= atMs
      picture.begun++
      picture.state = 'running'
      under.add(path)
      return
    case 'answer':
      if (isInLoop) picture.turns++
      picture.tokens += (happened.usage?.promptTokens ?? 0) + (happened.usage?.completionTokens ?? 0)
      picture.costMicros += happened.usage?.costMicros ?? 0
      return
    case 'spent':
      picture.costMicros += happened.costMicros
      return
    case 'again':
      picture.tries++
      picture.failure = happened.failure
      return
    case 'verdict':
      if (happened.verdict !== 'allow' || picture.verdict === null) picture.verdict = happened
      if (happened.verdict === 'ask') picture.state = 'asks'
      return
    case 'outcome':
      if (happened.state === 'lost') picture.state = 'uncertain'
      return
    case 'waits':
      picture.state = 'waiting'
      return
    case 'skipped':
      if (picture.beganMs === null) picture.state = 'skipped'
      picture.endedMs = atMs
      return
    case 'ended':
      if (isInLoop) return
      under.delete(path)
      picture.ended++
      picture.endedMs = atMs
      picture.exit = happened.exit
      if (happened.exit === 'error') {
        picture.failed++
        picture.failure = happened.failure ?? picture.failure
      }
      picture.state = under.size > 0 ? 'running' : picture.failed > 0 ? 'failed' : 'done'
      return
    case 'intent':
  }
}

function emptyPicture(): StepPicture {
  return {
    state: 'running',
    beganMs: null,
    endedMs: null,
    exit: null,
    tokens: 0,
    costMicros: 0,
    begun: 0,
    ended: 0,
    failed: 0,
    tries: 0,
    turns: 0,
    failure: null,
    verdict: null,
  }
}

export const stepStates: Record<StepPicture['state'], { mark: StateName; word: string }> = {
  running: { mark: 'busy', word: 'running' },
  waiting: { mark: 'warn', word: 'waits' },
  done: { mark: 'good', word: 'done' },
  failed: { mark: 'bad', word: 'failed' },
  skipped: { mark: 'idle', word: 'skipped' },
  asks: { mark: 'warn', word: 'asks' },
  uncertain: { mark: 'warn', word: 'uncertain' },
}

/** Ids of the edges that a run went along. */
export function takenEdges(model: GraphModel, pictures: ReadonlyMap<string, StepPicture>): Set<string> {
  const taken = new Set<string>()
  for (const edge of model.edges) {
    const from = pictures.get(edge.from)
    const to = pictures.get(edge.to)
    if (from === undefined || to === undefined || to.beganMs === null || from.exit === null) continue
    if (edge.exit === '' ? isNormalExit(from.exit) : edge.exit === from.exit) taken.add(edge.id)
  }
  return taken
}
