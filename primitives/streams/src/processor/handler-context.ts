import { InvalidInputError } from '@heavylift/core'
import { maxPayloadBytes } from '../log/check-input.ts'
import type { LogEvent } from '../log/log.ts'
import { outputId } from './output-id.ts'
import type { Emitted, Processor, ProcessorContext } from './processor.ts'

/** Gathers what one call of a handler wants; the engine takes it over when the handler returns, and drops it when it throws. */
export class HandlerContext<In, State, Out> implements ProcessorContext<State, Out> {
  state!: State
  watermarkMs = -Infinity
  readonly emitted: LogEvent[] = []
  readonly timers: { name: string; atMs: number | null }[] = []
  isDropped = false
  #key = ''
  #firingAtMs = -Infinity
  readonly #ids = new Set<string>()
  readonly #processor: Processor<In, State, Out>

  constructor(processor: Processor<In, State, Out>) {
    this.#processor = processor
  }

  /** `firingAtMs`: time of the timer that is firing; −Infinity for an event. */
  begin(key: string, watermarkMs: number, firingAtMs: number): void {
    this.#key = key
    this.watermarkMs = watermarkMs
    this.#firingAtMs = firingAtMs
    this.isDropped = false
    if (this.emitted.length > 0) {
      this.emitted.length = 0
      this.#ids.clear()
    }
    if (this.timers.length > 0) this.timers.length = 0
  }

  emit(output: Emitted<Out>): void {
    const { output: target, name } = this.#processor
    const { rule, eventTimeMs, part = '', revision = 0 } = output
    const id = outputId(name, rule, this.#key, eventTimeMs, part, revision)
    if (this.#ids.has(id)) {
      throw new InvalidInputError({
        code: 'output-twice',
        message: `Rule ${rule} emits two outputs for time ${eventTimeMs}, part '${part}' and revision ${revision}; give each a part of its own.`,
      })
    }
    const payload = target.codec.encode(output.value)
    if (payload.length > maxPayloadBytes) {
      throw new InvalidInputError({
        code: 'output-too-large',
        message: `Rule ${rule} emits ${payload.length} bytes; an output has at most ${maxPayloadBytes}.`,
      })
    }
    this.#ids.add(id)
    this.emitted.push({ id, key: this.#key, eventTimeMs, schemaVersion: target.codec.version, payload })
  }

  setTimer(name: string, atMs: number): void {
    if (!Number.isFinite(atMs) || atMs <= this.#firingAtMs) {
      throw new InvalidInputError({
        code: 'timer-not-later',
        message: `Timer ${name} is set to ${atMs}; a timer needs a finite time, and one set while a timer fires a later one than ${this.#firingAtMs}.`,
      })
    }
    this.timers.push({ name, atMs })
  }

  clearTimer(name: string): void {
    this.timers.push({ name, atMs: null })
  }

  dropState(): void {
    this.isDropped = true
  }
}
