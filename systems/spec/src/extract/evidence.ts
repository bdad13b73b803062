import type { Evidence } from '../facts/fact.ts'
import { tokenHash } from '../facts/token-hash.ts'
import type { Module } from '../parse/ir.ts'
import type { Site } from '../resolve/values.ts'

interface Lines {
  starts: number[]
  isAscii: boolean
}

/** Turns places into evidence: bytes, lines and hashes. */
export class EvidenceReader {
  readonly #lines = new WeakMap<Module, Lines>()
  readonly #known = new Map<string, Evidence>()
  readonly #texts = new WeakMap<Evidence, string>()

  of(site: Site): Evidence {
    const key = `${site.module.path}:${site.start}:${site.end}:${site.symbol}`
    const known = this.#known.get(key)
    if (known) return known
    const { text, path, language } = site.module
    const lines = this.#linesOf(site.module)
    const made: Evidence = {
      path,
      symbol: site.symbol,
      startByte: this.#byte(site.module, site.start),
      endByte: this.#byte(site.module, site.end),
      line: lineAt(lines.starts, site.start),
      tokenHash: tokenHash(text.slice(site.start, site.end), language === 'python'),
    }
    this.#known.set(key, made)
    this.#texts.set(made, text.slice(site.start, site.end))
    return made
  }

  lineOf(module: Module, offset: number): number {
    return lineAt(this.#linesOf(module).starts, offset)
  }

  /** What stands in spans that were read here. */
  texts(evidence: readonly Evidence[]): string[] {
    return evidence.flatMap((one) => this.#texts.get(one) ?? [])
  }

  /** The first entails the fact; the others lead to it: of them the first few, by path and place, without repetition. */
  all(first: Site, others: readonly Site[]): Evidence[] {
    const main = this.of(first)
    const kept = [main]
    for (const site of others) {
      if (kept.length > maxOthers) break
      if (site.end <= site.start) continue
      const one = this.of(site)
      if (!kept.some((other) => isWithin(one, other))) kept.push(one)
    }
    return [
      main,
      ...kept
        .slice(1)
        .sort((a, b) => (a.path === b.path ? a.startByte - b.startByte : a.path < b.path ? -1 : 1)),
    ]
  }

  #byte(module: Module, offset: number): number {
    const lines = this.#linesOf(module)
    return lines.isAscii ? offset : Buffer.byteLength(module.text.slice(0, offset))
  }

  #linesOf(module: Module): Lines {
    const known = this.#lines.get(module)
    if (known) return known
    const starts = [0]
    for (let at = module.text.indexOf('\n'); at >= 0; at = module.text.indexOf('\n', at + 1))
      starts.push(at + 1)
    // eslint-disable-next-line no-control-regex
    const made = { starts, isAscii: !/[^\u0000-\u007F]/.test(module.text) }
    this.#lines.set(module, made)
    return made
  }
}

const maxOthers = 16
/** Of a longer span nobody would look for one in it. */
const maxRead = 400

const isWithin = (one: Evidence, other: Evidence) =>
  one === other ||
  (one.path === other.path &&
    other.startByte <= one.startByte &&
    one.endByte <= other.endByte &&
    other.endByte - other.startByte <= maxRead)

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length
  while (low + 1 < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle
  }
  return low + 1
}
