import { request } from 'undici'
import type { Dispatcher } from 'undici'
import type { EngineLoad } from '../routing/replica.ts'
import { readEngineLoad } from './engine-load.ts'
import { readText } from './read-json.ts'

const MOST_BYTES = 2 * 1024 * 1024
const TIMEOUT_MS = 2_000
/** Without an answer for so many times the interval, what was said last no longer counts. */
const STALE_INTERVALS = 3
/** Addresses that are asked at once; the others wait their turn. */
const AT_ONCE = 64

/** One address whose metrics are asked, for the models that are served from there. */
export interface MetricsTarget {
  id: string
  url: string
  /** For one whose certificate is checked otherwise than usual. */
  dispatcher?: Dispatcher | null
  everyMs: number
  headers: () => Record<string, string> | Promise<Record<string, string>>
  /** Upstream's names of models. */
  models: readonly string[]
  report(model: string, load: EngineLoad | null): void
}

interface Watch {
  target: MetricsTarget
  timer: NodeJS.Timeout | null
  heardMs: number
  isKnown: boolean
}

/** Asks engines for their own figures, each on its own timer, never twice at once and never more than a few dozen together. */
export class EngineLoads {
  readonly #watches = new Map<string, Watch>()
  readonly #queue: Watch[] = []
  #asking = 0

  /** Asks these from now on and no others. */
  watch(targets: readonly MetricsTarget[]): void {
    const kept = new Map(targets.map((target) => [target.id, target]))
    for (const [id, watch] of this.#watches) {
      const target = kept.get(id)
      if (target !== undefined) watch.target = target
      else {
        if (watch.timer !== null) clearTimeout(watch.timer)
        this.#watches.delete(id)
      }
    }
    for (const target of targets) {
      if (this.#watches.has(target.id)) continue
      const watch: Watch = { target, timer: null, heardMs: -Infinity, isKnown: false }
      this.#watches.set(target.id, watch)
      // Spread over the interval from the start.
      this.#schedule(watch, target.everyMs * Math.random())
    }
  }

  stop(): void {
    this.watch([])
  }

  #schedule(watch: Watch, ms: number): void {
    watch.timer = setTimeout(() => {
      watch.timer = null
      this.#queue.push(watch)
      this.#next()
    }, ms).unref()
  }

  #next(): void {
    while (this.#asking < AT_ONCE) {
      const watch = this.#queue.shift()
      if (watch === undefined) return
      if (this.#watches.get(watch.target.id) !== watch) continue
      this.#asking++
      void this.#ask(watch).finally(() => {
        this.#asking--
        if (this.#watches.get(watch.target.id) === watch)
          this.#schedule(watch, watch.target.everyMs * (0.8 + 0.4 * Math.random()))
        this.#next()
      })
    }
  }

  async #ask(watch: Watch): Promise<void> {
    const text = await fetchText(watch.target)
    if (this.#watches.get(watch.target.id) !== watch) return
    const { target } = watch
    const nowMs = performance.now()
    if (text !== null) {
      watch.heardMs = nowMs
      watch.isKnown = true
      for (const model of target.models) target.report(model, readEngineLoad(text, model))
    } else if (watch.isKnown && nowMs - watch.heardMs > STALE_INTERVALS * target.everyMs) {
      watch.isKnown = false
      for (const model of target.models) target.report(model, null)
    }
  }
}

/** Null when it does not answer in time with no more than 2 MiB. Follows no redirects. */
async function fetchText({ url, dispatcher = null, headers }: MetricsTarget): Promise<string | null> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const { statusCode, body } = await request(url, {
      signal,
      headers: await headers(),
      ...(dispatcher && { dispatcher }),
    })
    if (statusCode !== 200) {
      await body.dump()
      return null
    }
    return await readText(body, MOST_BYTES)
  } catch {
    return null
  }
}
