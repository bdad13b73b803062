/** Finds stop sequences in text that comes in pieces, and holds back what may be the beginning of one. */
export class StopMatcher {
  readonly #stops: readonly string[]
  #held = ''
  /** A stop sequence was found; what follows is not wanted. */
  isStopped = false

  constructor(stops: readonly string[]) {
    this.#stops = stops.filter((stop) => stop !== '')
  }

  /** The text that can be given out now; never any of a stop sequence. */
  push(text: string): string {
    if (this.isStopped) return ''
    if (this.#stops.length === 0) return text
    const all = this.#held + text
    let cut = -1
    for (const stop of this.#stops) {
      const at = all.indexOf(stop)
      if (at >= 0 && (cut < 0 || at < cut)) cut = at
    }
    if (cut >= 0) {
      this.isStopped = true
      this.#held = ''
      return all.slice(0, cut)
    }
    const keep = Math.max(...this.#stops.map((stop) => overlap(all, stop)))
    this.#held = all.slice(all.length - keep)
    return all.slice(0, all.length - keep)
  }

  /** What was held back, when the text ends without a stop sequence. */
  end(): string {
    const held = this.#held
    this.#held = ''
    return held
  }
}

/** Length of the longest end of `text` that begins `stop`. */
function overlap(text: string, stop: string): number {
  for (let length = Math.min(text.length, stop.length - 1); length > 0; length--) {
    if (stop.startsWith(text.slice(text.length - length))) return length
  }
  return 0
}
