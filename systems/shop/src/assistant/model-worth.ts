import type { Clock } from '@heavylift/core'

/** What asking a model came to: when its first sentence that may be said was there, and how many were kept. */
export interface Asked {
  /** Null: none in time. */
  firstSentenceMs: number | null
  kept: number
}

export interface ModelUse {
  /** `used`: it words answers. `trying`: it is tried out behind an answer. `unused`: its tries were of no use to a shopper. */
  state: 'used' | 'trying' | 'unused'
  tries: number
  useful: number
  /** Of the last one; null when it had none in time. */
  lastFirstSentenceMs: number | null
  /** When it is tried again, in monotonic milliseconds; null while it is used or tried. */
  nextTryMs: number | null
}

interface Record {
  recent: boolean[]
  tries: number
  useful: number
  lastFirstSentenceMs: number | null
  isTrying: boolean
  nextTryMs: number
  pauseMs: number
}

/** Of so many last answers, more than half have to have been of use. */
const remembered = 4
const defaultPauses = { firstMs: 60_000, longestMs: 30 * 60_000 }

/**
 * Decides by what was measured whether a model is asked for a shopper's answer. A model is new until a try behind an answer, for which
 * nobody waits, showed that it says something that holds within a shopper's patience; it is dropped when most of its last answers
 * did not, and tried again after pauses that double up to half an hour. So no shopper ever waits to find out.
 */
export class ModelWorth {
  readonly #clock: Pick<Clock, 'monotonicMs'>
  readonly #pauses: { firstMs: number; longestMs: number }
  readonly #records = new Map<string, Record>()

  /** `pauses`: how long a model that was of no use is left alone, at first and at most, in milliseconds. */
  constructor(clock: Pick<Clock, 'monotonicMs'>, pauses = defaultPauses) {
    this.#clock = clock
    this.#pauses = pauses
  }

  /** `ask`: for this shopper. `try`: behind the answer, once at a time; `report` has to follow. `leave`: not now. */
  decide(model: string): 'ask' | 'try' | 'leave' {
    const record = this.#recordOf(model)
    if (isUseful(record)) return 'ask'
    if (record.isTrying || this.#clock.monotonicMs() < record.nextTryMs) return 'leave'
    record.isTrying = true
    return 'try'
  }

  report(model: string, asked: Asked): void {
    const { firstMs, longestMs } = this.#pauses
    const record = this.#recordOf(model)
    const wasUseful = isUseful(record)
    const isOfUse = asked.firstSentenceMs !== null && asked.kept > 0
    record.recent = [...record.recent, isOfUse].slice(-remembered)
    record.tries++
    if (isOfUse) record.useful++
    record.lastFirstSentenceMs = asked.firstSentenceMs
    const wasTry = record.isTrying
    record.isTrying = false
    if (isOfUse && wasTry) {
      // One that came round starts with a clean sheet.
      record.recent = [true]
      record.pauseMs = firstMs
    } else if (!isUseful(record)) {
      record.pauseMs = wasUseful || !wasTry ? firstMs : Math.min(record.pauseMs * 2, longestMs)
      record.nextTryMs = this.#clock.monotonicMs() + record.pauseMs
    }
  }

  use(model: string): ModelUse {
    const record = this.#recordOf(model)
    const isUsed = isUseful(record)
    const isNew = record.tries === 0 || record.isTrying
    return {
      state: isUsed ? 'used' : isNew ? 'trying' : 'unused',
      tries: record.tries,
      useful: record.useful,
      lastFirstSentenceMs: record.lastFirstSentenceMs,
      nextTryMs: isUsed || isNew ? null : record.nextTryMs,
    }
  }

  #recordOf(model: string): Record {
    const known = this.#records.get(model)
    if (known) return known
    const made: Record = {
      recent: [],
      tries: 0,
      useful: 0,
      lastFirstSentenceMs: null,
      isTrying: false,
      nextTryMs: Number.NEGATIVE_INFINITY,
      pauseMs: this.#pauses.firstMs / 2,
    }
    this.#records.set(model, made)
    return made
  }
}

/** Nothing is known of a model without answers; half of them are not enough. */
function isUseful({ recent }: Record): boolean {
  return recent.filter(Boolean).length * 2 > recent.length
}
