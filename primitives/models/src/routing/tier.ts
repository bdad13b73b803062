import type { FirstBytes } from './first-bytes.ts'
import type { ReplicaHealth } from './replica-health.ts'
import type { Replica } from './replica.ts'

export const answerKinds = ['streams', 'wholes'] as const
/** `wholes`: answers in one piece, whose first byte comes when all of them is written. */
export type AnswerKind = (typeof answerKinds)[number]

/** More replicas than this tell nothing more of what is usual. */
const SAMPLE = 64

/** What a tier compares of a replica. */
export interface TierMember extends Readonly<Record<AnswerKind, FirstBytes>> {
  readonly replica: Replica
  readonly health: ReplicaHealth
  /** Requests without a first byte. */
  readonly waiting: number
  /** It was taken out. */
  forget(): void
  onChange(nowMs: number): void
}

/** The replicas of one model that share its load, and what is usual among them. */
export class Tier {
  readonly slots: readonly TierMember[]
  /** How late first bytes come for the work asked, in the middle of the replicas; null while none came. */
  readonly pace: Record<AnswerKind, number | null> = { streams: null, wholes: null }

  /** Nothing began since the replicas were last compared, and nothing waited then. */
  isIdle = true
  /** The least of those; `Infinity` while none came. */
  readonly leastLateness: Record<AnswerKind, number> = { streams: Infinity, wholes: Infinity }
  #turn = 0
  readonly #maxShare: number

  /** `maxShare`: of the replicas, that may be ejected at once; rounded down. */
  constructor(slots: readonly TierMember[], maxShare: number) {
    this.slots = slots
    this.#maxShare = maxShare
  }

  /** Takes a replica out as an outlier; false when as many as may be are out already. */
  eject(slot: TierMember, nowMs: number): boolean {
    const out = this.slots.reduce((sum, { health }) => sum + (health.isClosed ? 0 : 1), 0)
    if (out >= Math.floor(this.slots.length * this.#maxShare)) return false
    slot.health.eject(nowMs)
    slot.forget()
    slot.onChange(nowMs)
    return true
  }

  /** Looks at the replicas again; `pace` stands until the next time. */
  update(): void {
    for (const kind of answerKinds) {
      const seen = this.#latenesses(kind, 1, null)
      this.pace[kind] = seen[Math.floor(seen.length / 2)] ?? this.pace[kind]
      this.leastLateness[kind] = seen[0] ?? Infinity
    }
  }

  /** The next `most` of the replicas, in turns. */
  takeTurn(most: number): readonly TierMember[] {
    if (this.slots.length <= most) return this.slots
    const from = this.#turn
    this.#turn = (from + most) % this.slots.length
    const taken = this.slots.slice(from, from + most)
    return taken.length === most ? taken : taken.concat(this.slots.slice(0, most - taken.length))
  }

  /** Of those in the ordinary run of things that have given `least` first bytes, without `but`; null when there is none. */
  medianLateness(kind: AnswerKind, least: number, but: TierMember): number | null {
    const seen = this.#latenesses(kind, least, but)
    return seen[Math.floor(seen.length / 2)] ?? null
  }

  /** Ascending. */
  #latenesses(kind: AnswerKind, least: number, but: TierMember | null): number[] {
    const seen: number[] = []
    const step = Math.max(1, Math.floor(this.slots.length / SAMPLE))
    for (let at = 0; at < this.slots.length; at += step) {
      const slot = this.slots[at] as TierMember
      if (slot === but || !slot.health.isClosed) continue
      const { lateness, count } = slot[kind]
      if (lateness !== null && count >= least) seen.push(lateness)
    }
    return seen.toSorted((a, b) => a - b)
  }

  /** Whether a replica in the ordinary run of things, other than `slot`, has given a first byte of the kind since. */
  hasAnsweredSince(slot: TierMember, kind: AnswerKind, sinceMs: number): boolean {
    return this.slots.some((other) => other !== slot && other.health.isClosed && other[kind].lastMs > sinceMs)
  }
}
