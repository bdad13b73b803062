import type { Evidence } from '../facts/fact.ts'
import { tokenHash } from '../facts/token-hash.ts'
import type { Module } from '../parse/ir.ts'
import { SiteMap } from '../resolve/site-map.ts'
import { lineOf } from '../resolve/values.ts'
import type { Site } from '../resolve/values.ts'

interface Lines {
  starts: number[]
  isAscii: boolean
}

/** Turns places into evidence: bytes, lines and hashes. */
export class EvidenceReader {
  readonly #lines = new WeakMap<Module, Lines>()
  readonly #known = new SiteMap<Map<string, Evidence>>()
  readonly #texts = new WeakMap<Evidence, string>()

  of(site: Site): Evidence {
    const bySymbol = this.#known.get(site, () => new Map())
    const known = bySymbol.get(site.symbol)
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
    bySymbol.set(site.symbol, made)
    this.#texts.set(made, text.slice(site.start, site.end))
    return made
  }

  lineOf(module: Module, offset: number): number {
    return lineAt(this.#linesOf(module).starts, offset)
  }

  /** A place in bytes, without its hash. */
  spanOf(site: Site): Pick<Evidence, 'path' | 'startByte' | 'endByte'> {
    return {
      path: site.module.path,
      startByte: this.#byte(site.module, site.start),
      endByte: this.#byte(site.module, site.end),
    }
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
    return [main, ...kept.slice(1).toSorted(byPlace)]
  }

  /** With more places, by path and place behind the first: no more than are shown, none that stands in another, and what is declared in a row as one. */
  with(evidence: readonly Evidence[], sites: readonly Site[]): Evidence[] {
    const [main, ...kept] = evidence
    if (!main || sites.length === 0) return [...evidence]
    for (const site of inRows(sites)) {
      if (kept.length >= maxOthers) break
      if (site.end <= site.start || [main, ...kept].some((other) => isWithin(this.of(site), other))) continue
      // A part of a line shows less than the line.
      kept.push(this.of(site.module.text.slice(site.start, site.end).includes('\n') ? site : lineOf(site)))
    }
    return [main, ...kept.toSorted(byPlace)]
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

const byPlace = (a: Evidence, b: Evidence) =>
  a.path === b.path ? a.startByte - b.startByte : a.path < b.path ? -1 : 1

/** Characters of what is declared in a row, and between two of it. */
const [maxRow, maxBetween] = [600, 60]

/** Sites in order, those that follow one another with nothing but layout and comments between as one. */
function inRows(sites: readonly Site[]): Site[] {
  const rows: Site[] = []
  const sorted = sites.toSorted((a, b) =>
    a.module === b.module ? a.start - b.start : a.module.path < b.module.path ? -1 : 1,
  )
  for (const site of sorted) {
    const last = rows.at(-1)
    const isNext =
      last !== undefined &&
      last.module === site.module &&
      Math.max(last.end, site.end) - last.start <= maxRow &&
      (site.start <= last.end ||
        (site.start - last.end <= maxBetween &&
          /^[\s;,]*(?:(?:\/\/|#)[^\n]*\n\s*)?$/.test(site.module.text.slice(last.end, site.start))))
    if (isNext) rows[rows.length - 1] = { ...last, end: Math.max(last.end, site.end) }
    else rows.push(site)
  }
  return rows
}

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
