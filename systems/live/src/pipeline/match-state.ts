import type { Estimate } from '../domain/insight.ts'
import type { Match } from '../domain/match.ts'
import type { Rule } from '../domain/rule.ts'

/** Everything that a match's processor keeps of it; plain JSON once `save` has run over the rules' states. */
export interface MatchState {
  match: Match | null
  /** By rule's name. */
  rules: Map<string, unknown>
  /** Of each kind and subject: the occasions spoken of last, with the revision that the next word gets. */
  revisions: Map<string, Map<string, number>>
  /** Insights that wait for their outcome, by id. */
  waiting: Map<string, { kind: string; estimate: Estimate }>
}

/** An occasion further back than this is not revised any more; a word on it counts from 0 again, and sinks keep what they had. */
const occasionsKept = 16
/** A match that never tells outcomes must not grow for ever. */
const waitingKept = 20_000

export function createMatchState(rules: readonly Rule[]): MatchState {
  return {
    match: null,
    rules: new Map(rules.map((rule) => [rule.name, rule.create()])),
    revisions: new Map(),
    waiting: new Map(),
  }
}

/** The revision of the next word on an occasion, and counts it. */
export function nextRevision(state: MatchState, kind: string, subject: string, occasion: string): number {
  const key = `${kind}|${subject}`
  let occasions = state.revisions.get(key)
  if (!occasions) state.revisions.set(key, (occasions = new Map()))
  const revision = occasions.get(occasion) ?? 0
  occasions.set(occasion, revision + 1)
  if (occasions.size > occasionsKept) {
    const oldest = occasions.keys().next().value
    if (oldest !== undefined && oldest !== occasion) occasions.delete(oldest)
  }
  return revision
}

export function awaitOutcome(state: MatchState, id: string, kind: string, estimate: Estimate): void {
  state.waiting.set(id, { kind, estimate })
  if (state.waiting.size > waitingKept) {
    const oldest = state.waiting.keys().next().value
    if (oldest !== undefined) state.waiting.delete(oldest)
  }
}

interface SavedMatchState {
  match: Match | null
  rules: [string, unknown][]
  revisions: [string, [string, number][]][]
  waiting: [string, { kind: string; estimate: Estimate }][]
}

export function saveMatchState(state: MatchState, rules: readonly Rule[]): SavedMatchState {
  return {
    match: state.match,
    rules: rules.map((rule) => {
      const own = state.rules.get(rule.name)
      return [rule.name, rule.save ? rule.save(own) : own]
    }),
    revisions: [...state.revisions].map(([key, occasions]) => [key, [...occasions]]),
    waiting: [...state.waiting],
  }
}

export function loadMatchState(saved: unknown, rules: readonly Rule[]): MatchState {
  const stored = saved as SavedMatchState
  const states = new Map(stored.rules)
  return {
    match: stored.match,
    rules: new Map(
      rules.map((rule) => {
        const own = states.get(rule.name)
        if (own === undefined) return [rule.name, rule.create()]
        return [rule.name, rule.load ? rule.load(own) : own]
      }),
    ),
    revisions: new Map(stored.revisions.map(([key, occasions]) => [key, new Map(occasions)])),
    waiting: new Map(stored.waiting),
  }
}
