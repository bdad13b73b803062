import type { Span } from '../parse/ir.ts'
import type { FuncValue, Site } from '../resolve/values.ts'
import { SiteMap } from '../resolve/site-map.ts'
import { placeKey } from '../resolve/values.ts'
import type { Definition, Definitions } from './definitions.ts'
import { ReadText } from './shown.ts'
import type { Said } from './shown.ts'

interface Read {
  site: Site
  text: ReadText
}

/** From where a request comes to code: what the framework calls, and where the operation is routed. */
export interface Roots {
  functions: readonly FuncValue[]
  routed: Site
}

/** Spans past which only what shows something is added, and past which nothing is. */
const usual = 12
const most = 16
/** How far behind the names of a span a word is looked for, and among how many places. */
const maxDepth = 3
const maxPlaces = 160
/** Calls back from the place that entails a fact to what the framework calls. */
const maxSteps = 8
const maxCallers = 30

/** Chooses the places that show by themselves what a fact's sentence says. */
export class Entailing {
  readonly #definitions: Definitions
  readonly #read = new SiteMap<Read>()
  readonly #shorts = new SiteMap<Read>()
  readonly #behindOf = new Map<string, readonly Read[]>()

  constructor(definitions: Definitions) {
    this.#definitions = definitions
  }

  /**
   * Of places that lead to the first one, in order of what they are worth, those that show a word of what is said, and the calls on the way from where a request
   * comes in. Words that none of them shows are looked for where a body is `written`, then behind their names. What shows nothing more follows while there are few.
   */
  of(
    first: Site,
    others: readonly Site[],
    said: readonly Said[],
    { functions, routed }: Roots,
    written: readonly Site[] = [],
  ): Site[] {
    const candidates = others.flatMap((site) => (site.end > site.start ? [this.#short(site)] : []))
    const kept = [this.#of(first)]
    let missing = said.filter((one) => !isShown(one, kept))
    const take = (read: Read) => {
      if (kept.some(({ site }) => isWithin(read.site, site))) return
      kept.push(read)
      missing = missing.filter(({ isIn }) => !isIn(read.text))
    }
    for (const one of said) {
      if (!missing.includes(one)) continue
      const found = candidates.find(({ text }) => one.isIn(text))
      if (found) take(found)
    }
    for (const one of this.#calls(first, candidates, functions, routed)) take(one)
    // Of what operation it is.
    const isOfIt = ({ site }: Read) => isRoot(site, functions) || touches(site, routed)
    if (!kept.some(isOfIt)) take(this.#of(headOf(this.#short(routed))))
    const bodies = missing.length > 0 ? written.filter(isShort).map((site) => this.#of(site)) : []
    for (const one of said) {
      if (!missing.includes(one)) continue
      const found = bodies.find(({ text }) => one.isIn(text))
      if (found) take(found)
    }
    for (const from of [kept.slice(0, 1), [...kept, ...candidates]])
      if (missing.length > 0) for (const one of this.#foundBehind(from, missing)) take(one)
    // What is put together of several texts.
    const words = missing.flatMap(({ parts = [] }) => parts.filter((one) => !isShown(one, kept)))
    if (words.length > 0) for (const one of this.#foundBehind([...kept, ...candidates], words)) take(one)
    for (const one of candidates) {
      if (kept.length >= usual) break
      if (!saysNothing.test(one.text.text)) take(one)
    }
    return kept.slice(1, most).map(({ site }) => site)
  }

  /** Places behind the names of others that show what those do not. */
  behind(from: readonly Site[], missing: readonly Said[]): Site[] {
    return this.#foundBehind(
      from.map((site) => this.#of(site)),
      missing,
    ).map(({ site }) => site)
  }

  // Without the body of a function that is written in it.
  #short(site: Site): Read {
    return this.#shorts.get(site, () => this.#of(this.#definitions.withoutBody(site)))
  }

  #of(site: Site): Read {
    return this.#read.get(site, () => ({
      site,
      text: new ReadText(site.module.text.slice(site.start, site.end)),
    }))
  }

  // The same answers come of many operations.
  #foundBehind(from: readonly Read[], wanted: readonly Said[]): readonly Read[] {
    const key = [
      ...new Set(from.map(({ site }) => placeKey(site))),
      ...wanted.map(({ kind, what }) => `${kind} ${what}`),
    ].join('\n')
    const known = this.#behindOf.get(key)
    if (known) return known
    const found = this.#behind(from, wanted)
    this.#behindOf.set(key, found)
    return found
  }

  // From names to what they stand for, until every word is shown: what shows most, the nearest of these first, with what leads there.
  #behind(from: readonly Read[], wanted: readonly Said[]): Read[] {
    interface Step {
      read: Read
      by: Step | null
      definition: Definition
    }
    const seen = new Set<string>()
    const places: { step: Step; shows: readonly Said[] }[] = []
    const chosen: typeof places = []
    let level: readonly { read: Read; by: Step | null }[] = from.map((read) => ({ read, by: null }))
    for (let depth = 0; depth < maxDepth && level.length > 0; depth++) {
      const next: Step[] = []
      for (const { read, by } of level)
        for (const name of read.text.words) {
          if (next.length >= maxPlaces) break
          for (const definition of this.#definitions.of(name, read.site)) {
            const key = placeKey(definition.site)
            if (next.length >= maxPlaces || seen.has(key)) continue
            seen.add(key)
            const step = { read: this.#of(headOf(definition)), by, definition }
            next.push(step)
            const texts = isShort(definition.site)
              ? [step.read]
              : [
                  step.read,
                  ...definition.parts.map((part) => this.#of({ ...definition.site, ...spanOf(part) })),
                ]
            const shows = wanted.filter(({ isIn }) => texts.some(({ text }) => isIn(text)))
            if (shows.length > 0) places.push({ step, shows })
          }
        }
      chosen.splice(0, chosen.length, ...covering(places, wanted))
      // Many words that stand apart may stand together behind one more name.
      const isWhole = new Set(chosen.flatMap(({ shows }) => shows)).size === wanted.length
      if (isWhole && chosen.length <= 2) break
      level = next.map((step) => ({ read: step.read, by: step }))
    }
    return chosen.flatMap(({ step, shows }) => {
      const found = this.#shortened(step.definition, shows)
      for (let { by } = step; by; by = by.by) found.unshift(by.read)
      return found
    })
  }

  // Of what is long its beginning up to the last part that shows anything, or each of these parts.
  #shortened({ site, parts }: Definition, shows: readonly Said[]): Read[] {
    if (isShort(site)) return [this.#of(site)]
    const own = parts
      .map((part) => this.#of({ ...site, ...spanOf(part) }))
      .filter(({ text }) => shows.some(({ isIn }) => isIn(text)))
    const last = own.at(-1)
    const upTo = last && { ...site, end: last.site.end }
    return upTo && isShort(upTo) ? [this.#of(upTo)] : [this.#of(headOf({ site })), ...own.slice(0, 4)]
  }

  // Calls from what the framework calls to where something stands, the last first; of each one.
  #calls(first: Site, candidates: readonly Read[], roots: readonly FuncValue[], routed: Site): Read[] {
    const found: Read[] = []
    const seen = new Set<string>()
    let at: Site = first
    // Where it is routed is where a request comes in.
    if (placeKey(first) === placeKey(routed)) return []
    while (found.length < maxSteps && !isRoot(at, roots)) {
      const names = this.#definitions.functionsAt(at).filter((name) => !seen.has(name))
      if (names.length === 0) return found
      for (const name of names) seen.add(name)
      const led = candidates.find(
        ({ site, text }) =>
          names.some((name) => text.words.has(name)) &&
          !this.#definitions.functionsAt(site).some((name) => seen.has(name)),
      )
      if (!led) {
        const calls = this.#callers(names, at, roots, routed)
        // What nothing calls by its name is asked for by that of its class.
        const owner = calls.length > 0 ? '' : this.#definitions.ownerAt(at)
        return [...found, ...calls, ...(owner === '' ? [] : this.#callers([owner], at, roots, routed))]
      }
      found.push(led)
      at = led.site
    }
    return found
  }

  // The shortest way by which one of some functions is called from what the framework calls, or is put where that calls it.
  #callers(names: readonly string[], at: Site, roots: readonly FuncValue[], routed: Site): Read[] {
    interface Step {
      site: Site
      names: readonly string[]
      by: Step | null
    }
    const way = (step: Step | null): Read[] => (step ? [this.#of(step.site), ...way(step.by)] : [])
    const seen = new Set(names)
    let level: Step[] = [{ site: at, names, by: null }]
    const near = this.#of(routed).text.words
    for (let depth = 0; depth < maxDepth && level.length > 0; depth++) {
      const handed: Step[] = []
      const next: Step[] = []
      for (const step of level)
        for (const name of step.names)
          for (const use of this.#definitions.usesOf(name, step.site.module)) {
            const one: Step = { site: use.site, names: use.names, by: depth === 0 ? null : step }
            if (isRoot(use.site, roots)) return way(one)
            if (use.isHanded && !/^return\b/.test(this.#of(use.site).text.text)) handed.push(one)
            else if (use.names.some((of) => !seen.has(of)) && seen.size < maxCallers) {
              for (const of of use.names) seen.add(of)
              next.push(one)
            }
          }
      // Of the places where it is put, the one that speaks of the same as the route does.
      const shared = handed.map(
        ({ site }) => [...this.#of(site).text.words].filter((one) => near.has(one)).length,
      )
      const best = handed[shared.indexOf(Math.max(...shared))]
      if (best) return [...way(best), this.#of(headOf(this.#short(routed)))]
      level = next
    }
    return []
  }
}

const touches = (a: Site, b: Site) => a.module === b.module && a.start < b.end && b.start < a.end

const isShown = ({ isIn }: Said, kept: readonly Read[]) => kept.some(({ text }) => isIn(text))

// In what the framework calls, or in what that is decorated with.
const isRoot = (site: Site, roots: readonly FuncValue[]) =>
  roots.some(
    ({ fn, module }) =>
      module === site.module &&
      Math.min(fn.start, ...fn.decorators.map(({ start }) => start - 1)) <= site.start &&
      site.end <= fn.end,
  )

// As few as show all that any shows: always the one that shows most of what is left, the first of these.
function covering<One extends { shows: readonly Said[] }>(
  places: readonly One[],
  wanted: readonly Said[],
): One[] {
  const missing = new Set(wanted)
  const found: One[] = []
  const isField = ({ kind }: Said) => kind === 'field'
  // Of many fields one or two are found anywhere: what has so few of them is another thing.
  const fewest = wanted.filter(isField).length / 3
  while (missing.size > 0) {
    let [best, most]: [One | null, number] = [null, 0]
    for (const one of places) {
      const shows = one.shows.filter((said) => missing.has(said))
      const fields = shows.filter(isField).length
      const count = shows.length - (fields < fewest ? fields : 0)
      if (count > most) [best, most] = [one, count]
    }
    if (!best) return found
    found.push(best)
    for (const said of best.shows) missing.delete(said)
  }
  return found
}

/** A parameter without more than its type. */
const saysNothing =
  /^(?!(?:if|elif|while|return|throw|raise|case|not|await)\b)\w+(?:\??\s*:\s*[\w.<>[\]]+|\s+\*?[\w.]+)?$/

/** Of a longer span nobody would look for one in it. */
const maxRead = 400
const maxShort = 900
const maxLines = 26

function isShort({ module, start, end }: Site): boolean {
  if (end - start > maxShort) return false
  let lines = 1
  for (let at = module.text.indexOf('\n', start); at >= 0 && at < end; at = module.text.indexOf('\n', at + 1))
    lines++
  return lines <= maxLines
}

const spanOf = ({ start, end }: Span): Span => ({ start, end })

// Of what is long its first line.
function headOf({ site }: Pick<Definition, 'site'>): Site {
  if (isShort(site)) return site
  const line = site.module.text.indexOf('\n', site.start)
  return line < 0 || line > site.end || line - site.start < 4
    ? { ...site, end: Math.min(site.end, site.start + maxShort) }
    : { ...site, end: line }
}

const isWithin = (a: Site, b: Site) =>
  a.module === b.module &&
  b.start <= a.start &&
  a.end <= b.end &&
  (b.end - b.start <= maxRead || a.end - a.start === b.end - b.start)
