import { Wakeup } from '@heavylift/core/async'
import type { ServerEvent } from '@heavylift/core'
import type { AnswerPart } from '../domain/answer.ts'

/** Where an event stands: `<turnId>.<attempt>.<n>`. */
export interface EventPlace {
  turnId: string
  attempt: number
  index: number
}

export function eventId(place: EventPlace): string {
  return `${place.turnId}.${place.attempt}.${place.index}`
}

/** Null for anything that is not one of our ids; it comes from the client. */
export function parseEventId(id: string | null): EventPlace | null {
  const match = /^([A-Za-z0-9_-]{1,64})\.(\d{1,9})\.(\d{1,9})$/.exec(id ?? '')
  return match ? { turnId: match[1]!, attempt: Number(match[2]), index: Number(match[3]) } : null
}

/**
 * An answer while it is made. It runs whether or not anyone listens; every listener gets all parts from where it joins.
 * The parts of one answer are few, so they are kept until the turn is dropped.
 */
export class LiveTurn {
  readonly turnId: string
  readonly attempt: number
  readonly parts: AnswerPart[] = []
  #isDone = false
  readonly #changed = new Wakeup()

  constructor(turnId: string, attempt: number) {
    this.turnId = turnId
    this.attempt = attempt
  }

  get isDone(): boolean {
    return this.#isDone
  }

  push(part: AnswerPart): void {
    this.parts.push(part)
    this.#changed.wake()
  }

  end(): void {
    this.#isDone = true
    this.#changed.wake()
  }

  /** Events from `from` on, then `[DONE]`. Ends early, without ending the turn, when the listener leaves. */
  async *events(from: number): AsyncGenerator<ServerEvent> {
    for (let index = from; ; index++) {
      while (index >= this.parts.length) {
        if (this.#isDone) {
          yield { data: '[DONE]' }
          return
        }
        await this.#changed.wait()
      }
      yield { id: eventId({ turnId: this.turnId, attempt: this.attempt, index }), data: this.parts[index] }
    }
  }
}

/** A finished answer from its record, in the same form. */
export async function* recordedEvents(
  turnId: string,
  attempt: number,
  parts: readonly AnswerPart[],
  from: number,
): AsyncGenerator<ServerEvent> {
  for (let index = from; index < parts.length; index++) {
    yield { id: eventId({ turnId, attempt, index }), data: parts[index] }
  }
  yield { data: '[DONE]' }
}
