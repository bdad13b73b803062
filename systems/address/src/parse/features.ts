import type { Span } from '../domain/parsed-address.ts'
import { militaryStates, stateNames, stateOfZip } from '../gazetteer/states.ts'
import type { PlaceMatch, Places } from './places.ts'
import { classesOf, wordClass } from './words.ts'
import { bareWord } from './tokenize.ts'

/** Features are numbers: a hash of what they say, cut to this many bits. Two that collide share their weights. */
export const featureBits = 19
const featureMask = (1 << featureBits) - 1

/** Murmur3's finaliser, so that near keys are spread. */
function mix(hash: number, value: number): number {
  let h = Math.imul(hash ^ value, 0x9e3779b1)
  h ^= h >>> 15
  h = Math.imul(h, 0x85ebca6b)
  return h ^ (h >>> 13)
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}

/** What is known of a word wherever it stands. */
export interface Word {
  text: string
  classes: number
  hash: number
  /** What it says of itself, unmixed with the place from which it is seen. */
  own: Int32Array
  /** What it says to its neighbours: its classes, itself. */
  toNext: Int32Array
}

/** Digits are alike by how many there are, so that numbers never seen are like those that were. */
function wordForm(word: string): string {
  return /^\d+$/.test(word)
    ? `${'0'.repeat(Math.min(word.length, 6))}`
    : word.replaceAll(/\d/g, '0').slice(0, 14)
}

export function describeWord(text: string): Word {
  const classes = classesOf(text)
  const form = wordForm(text)
  const hash = hashOf(form)
  const own = [mix(1, hash), mix(2, classes), mix(3, Math.min(text.length, 8))]
  for (let bit = 0; bit < 30; bit++) if (classes & (1 << bit)) own.push(mix(4, bit))
  if (form.length > 3 && !(classes & wordClass.digits)) {
    own.push(mix(5, hashOf(form.slice(0, 3))), mix(6, hashOf(form.slice(-3))))
    own.push(mix(7, hashOf(form.slice(-2))))
  }
  const toNext = [mix(1, hash), mix(2, classes)]
  for (let bit = 0; bit < 30; bit++) if (classes & (1 << bit)) toNext.push(mix(4, bit))
  return { text, classes, hash, own: Int32Array.from(own), toNext: Int32Array.from(toNext) }
}

/** A feature of a word as it is seen from a token that is `distance` words away (0: itself). */
export function featureAt(feature: number, distance: number): number {
  return mix(feature, 101 + distance) & featureMask
}

/** What the features of a whole address are computed from, and where its last line begins and ends. */
export interface Sequence {
  words: Word[]
  /** Whether a comma or an end of line stands before the token (1), or an end of line (2). */
  breaks: Uint8Array
  /** First token of the state (or of the ZIP code where no state is), after which only ZIP code and country come. */
  anchor: number
  placeStart: number
  placeMatch: PlaceMatch | null
}

const twoWordStates = new Set(
  [...stateNames.values()].map((name) => name.toUpperCase()).filter((name) => name.includes(' ')),
)
const oneWordStates = new Set(
  [...stateNames.values()].map((name) => name.toUpperCase()).filter((name) => !name.includes(' ')),
)
const abbreviationOf = new Map([...stateNames].map(([short, name]) => [name.toUpperCase(), short]))

const isZip = (word: Word) => (word.classes & (wordClass.fiveDigits | wordClass.zipPlus4)) !== 0

/** The state whose last word is the one before `end`: its first token and its abbreviation; null where there is none. */
function stateBefore(words: readonly Word[], end: number): { start: number; state: string } | null {
  const last = words[end - 1]?.text ?? ''
  for (const length of [3, 2]) {
    if (end - length < 0) continue
    const name = words
      .slice(end - length, end)
      .map(({ text }) => text)
      .join(' ')
    if (twoWordStates.has(name)) return { start: end - length, state: abbreviationOf.get(name) ?? '' }
  }
  if (stateNames.has(last) || militaryStates.has(last)) return { start: end - 1, state: last }
  const name = `${words[end - 2]?.text ?? ''}${last}`
  if (name.length === 2 && stateNames.has(name) && end > 2) return { start: end - 2, state: name }
  return oneWordStates.has(last) ? { start: end - 1, state: abbreviationOf.get(last) ?? '' } : null
}

function findLastLine(words: readonly Word[]): { anchor: number; zip: string | null; state: string | null } {
  // A ZIP code behind a state says most; then a ZIP code at the end; then the last state but the first word.
  for (let at = words.length - 1; at > 0; at--) {
    if (!isZip(words[at] as Word)) continue
    const found = stateBefore(words, at)
    if (found) return { anchor: found.start, zip: (words[at] as Word).text.slice(0, 5), state: found.state }
  }
  let end = words.length
  while (end > 0 && ((words[end - 1] as Word).classes & wordClass.country) !== 0) end--
  const last = words[end - 1]
  if (last && end > 1 && isZip(last)) {
    const zip = last.text.slice(0, 5)
    return { anchor: end - 1, zip, state: stateOfZip(zip) }
  }
  const found = stateBefore(words, end)
  if (found && found.start > 0) return { anchor: found.start, zip: null, state: found.state }
  return { anchor: words.length, zip: null, state: null }
}

/** Reads what features need of an address. `wordOf` may remember words. */
export function readSequence(
  input: string,
  spans: readonly Span[],
  places: Places,
  wordOf: (text: string) => Word = describeWord,
): Sequence {
  const words = spans.map(({ text }) => wordOf(bareWord(text)))
  const breaks = new Uint8Array(spans.length)
  for (let at = 1; at < spans.length; at++) {
    const before = spans[at - 1] as Span
    const between = input.slice(before.end - 1, (spans[at] as Span).start)
    breaks[at] = between.includes('\n') ? 2 : /[,;]/.test(between) ? 1 : 0
  }
  const { anchor, zip, state } = findLastLine(words)
  let lineStart = 0
  for (let at = anchor - 1; at > 0; at--)
    if (breaks[at] === 2) {
      lineStart = at
      break
    }
  const texts = words.map(({ text }) => text)
  const found = places.matchBefore(texts, lineStart, anchor, zip, state)
  return { words, breaks, anchor, placeStart: found?.start ?? -1, placeMatch: found?.match ?? null }
}

const matchCodes: Readonly<Record<PlaceMatch, number>> = {
  'of-zip': 1,
  'near-of-zip': 2,
  'of-state': 3,
  any: 4,
}
const numberBits = wordClass.digits | wordClass.mixed
const kindMask = ~(wordClass.short | wordClass.cityPrefix | wordClass.business | wordClass.building)

/** Most context features of one token. */
export const maxContextFeatures = 40

/** Writes the features of token `at` that its place and its neighbours together give; returns how many. */
export function contextFeatures(sequence: Sequence, at: number, out: Int32Array): number {
  const { words, breaks, anchor, placeStart, placeMatch } = sequence
  const n = words.length
  const classesAt = (index: number) =>
    index < 0 ? -1 : index >= n ? -2 : (words[index] as Word).classes & kindMask
  const hashAt = (index: number) => (index < 0 ? 11 : index >= n ? 13 : (words[index] as Word).hash)
  let count = 0
  const add = (kind: number, a: number, b = 0, c = 0) => {
    out[count++] = mix(mix(mix(kind + 1000, a), b), c) & featureMask
  }
  const [own, before, after] = [classesAt(at), classesAt(at - 1), classesAt(at + 1)]
  const breakBefore = breaks[at] as number
  const breakAfter = at + 1 < n ? (breaks[at + 1] as number) : 3
  let hasBreaks = 0
  let [
    suffixesBefore,
    suffixesAfter,
    numbersBefore,
    unitsBefore,
    boxesBefore,
    directionsAfter,
    numbersAfter,
  ] = [0, 0, 0, 0, 0, 0, 0]
  let segmentStart = 0
  for (let index = 0; index < n; index++) {
    const { classes } = words[index] as Word
    if ((breaks[index] as number) > 0) {
      hasBreaks = 1
      if (index <= at) segmentStart = index
    }
    if (index < at) {
      if (classes & wordClass.commonSuffix) suffixesBefore++
      if (classes & numberBits) numbersBefore++
      if (classes & (wordClass.unit | wordClass.hash)) unitsBefore++
      if (classes & (wordClass.box | wordClass.rural)) boxesBefore++
    } else if (index > at && index < anchor) {
      if (classes & wordClass.commonSuffix) suffixesAfter++
      if (classes & numberBits) numbersAfter++
      if (classes & wordClass.directional) directionsAfter++
    }
  }
  const toAnchor = Math.max(-3, Math.min(6, anchor - at))
  const fromStart = Math.min(at, 4)
  const seen =
    Math.min(suffixesBefore, 2) +
    3 * Math.min(suffixesAfter, 2) +
    9 * Math.min(numbersBefore, 2) +
    27 * Math.min(unitsBefore, 1) +
    54 * Math.min(boxesBefore, 1)
  const later = Math.min(numbersAfter, 2) + 3 * Math.min(directionsAfter, 1)
  const place =
    placeMatch === null
      ? 0
      : at >= anchor
        ? 9
        : at < placeStart
          ? 10 + matchCodes[placeMatch]
          : at === placeStart
            ? 20 + matchCodes[placeMatch]
            : 30 + matchCodes[placeMatch]
  const inPlace = placeMatch === null ? 0 : at >= anchor ? 1 : at < placeStart ? 2 : at === placeStart ? 3 : 4
  const edges = breakBefore + 4 * breakAfter + 16 * hasBreaks
  add(1, 0)
  add(2, fromStart, own)
  add(3, fromStart, edges)
  add(4, toAnchor, own)
  add(5, toAnchor, edges, anchor < n ? 1 : 0)
  add(6, edges, own)
  add(7, place)
  add(8, place, own)
  add(9, place, edges)
  add(10, seen)
  add(11, seen, own)
  add(12, seen, inPlace)
  add(13, later, own)
  add(14, before, own)
  add(15, own, after)
  add(16, before, own, after)
  add(17, classesAt(at - 2), before, own)
  add(18, own, after, classesAt(at + 2))
  add(19, hashAt(at - 1), hashAt(at))
  add(20, hashAt(at), hashAt(at + 1))
  add(21, at - segmentStart > 3 ? 4 : at - segmentStart, classesAt(segmentStart), edges)
  add(22, Math.min(n, 4), own, fromStart)
  add(23, inPlace, seen, own)
  add(24, classesAt(segmentStart), breakAfter, own)
  add(25, classesAt(0), own)
  add(26, classesAt(0), seen, inPlace)
  add(27, own, breakBefore, before)
  add(28, own, breakAfter, after)
  return count
}
