import { fillTime, runsOf } from './fill-time.ts'
import { momentsOf } from './moments.ts'
import type { RecapMoment, WinChance } from './moments.ts'
import { pieceAt } from './piece.ts'
import type { Piece } from './piece.ts'
import { storyWorth } from './story-worth.ts'
import type { Tag } from '../domain/tag.ts'

export interface RecapOptions {
  /** Default two minutes. */
  budgetMs?: number
  /** How far the whole may be off the budget. Default 2 s. */
  toleranceMs?: number
}

/** A stretch of video without a break, in wall time of the picture. */
export interface RecapCut {
  startMs: number
  endMs: number
}

/** A moment as it comes in the recap. */
export interface ShownMoment extends RecapMoment {
  /** Where it begins and ends in the recap, milliseconds from its start. */
  fromMs: number
  toMs: number
}

export interface Recap {
  /** In order of time, without overlap. */
  cuts: RecapCut[]
  moments: ShownMoment[]
  durationMs: number
  /** Needed moments that the time did not allow. */
  leftOut: RecapMoment[]
}

/** How long a match is opening. */
const openingMs = 60_000
/** How much of the present is shown last. */
const presentMs = 6_000
/** Times that are further apart have something missing between them; clocks of packagers drift by less. */
const holeMs = 500
/** Share of the time that lead changes may take before anything else is asked: they are how the score came about. */
const leadChangeShare = 0.75
/** Rounds of exchanging one moment for a better one. */
const exchangeRounds = 3

/**
 * The moments that bring a viewer to the end of `pieces`: needed ones first, then whatever adds most to the story for its
 * time (greedy over a set function with diminishing returns, then exchanges), then the cuts are made longer until they
 * fill the time. The times of tags are those of `pieces`. The same input gives the same recap.
 */
export function selectRecap(
  tags: readonly Tag[],
  chances: readonly WinChance[],
  pieces: readonly Piece[],
  { budgetMs = 120_000, toleranceMs = 2_000 }: RecapOptions = {},
): Recap {
  const last = pieces.at(-1)
  if (last === undefined) return { cuts: [], moments: [], durationMs: 0, leftOut: [] }
  const endMs = endOf(last)
  const known = momentsOf(tags, chances).filter((moment) => moment.endMs <= endMs)
  const candidates = known.flatMap((moment) => {
    const range = rangeOf(pieces, moment)
    return range === null ? [] : [{ moment, ...range }]
  })
  const opening = candidates.findIndex(({ moment }) => moment.startMs - known[0]!.startMs < openingMs)
  if (opening !== -1) candidates[opening] = asOpening(candidates[opening]!)
  candidates.push(present(pieces, known.at(-1) ?? null))
  const choice = new Choice(pieces, budgetMs)
  const leftOut: RecapMoment[] = []
  const needed = candidates.filter(({ moment }) => moment.isNeeded)
  // The present before all, then the newest: where it stands counts more than how it began.
  for (const candidate of needed.toReversed()) {
    if (!choice.add(candidate)) leftOut.push(candidate.moment)
  }
  const others = candidates.filter(({ moment }) => !moment.isNeeded)
  const kept = keepLeadChanges(choice, others, budgetMs * leadChangeShare)
  grow(choice, others)
  for (let round = 0; round < exchangeRounds && exchange(choice, others, kept); round++) grow(choice, others)

  const allMs = pieces.reduce((sum, { durationMs }) => sum + durationMs, 0)
  const taken =
    allMs <= budgetMs + toleranceMs
      ? pieces.map(() => true)
      : fillTime(pieces, choice.taken(), budgetMs, toleranceMs)
  return { ...laidOut(pieces, taken, choice.moments()), leftOut }
}

interface Candidate {
  moment: RecapMoment
  first: number
  last: number
}

/** How it began: the first moment that there is video of, if that is not later than the opening. */
const asOpening = (candidate: Candidate): Candidate => ({
  ...candidate,
  moment: {
    ...candidate.moment,
    reasons: ['opening', ...candidate.moment.reasons],
    isNeeded: true,
  },
})

/** Where it stands now: the last seconds before the live picture, or as much of them as hangs together. */
function present(pieces: readonly Piece[], newest: RecapMoment | null): Candidate {
  const last = pieces.length - 1
  const endMs = endOf(pieces[last]!)
  let first = last
  while (first > 0 && isNext(pieces, first) && endMs - pieces[first]!.startMs < presentMs) first--
  const moment: RecapMoment = {
    startMs: pieces[first]!.startMs,
    endMs,
    type: 'now',
    worth: 0,
    importance: 0,
    period: null,
    actorIds: [],
    text: 'Now.',
    homeScore: newest?.homeScore ?? null,
    awayScore: newest?.awayScore ?? null,
    reasons: ['now'],
    isNeeded: true,
  }
  return { moment, first, last }
}

const endOf = ({ startMs, durationMs }: Piece): number => startMs + durationMs

/** Whether a piece goes on where the one before it ends. */
const isNext = (pieces: readonly Piece[], at: number): boolean =>
  Math.abs(pieces[at]!.startMs - endOf(pieces[at - 1]!)) < holeMs

/** The pieces of a moment; one that it hardly touches at an end is left away. Null where the video has a hole or is over. */
function rangeOf(
  pieces: readonly Piece[],
  { startMs, endMs }: RecapMoment,
): { first: number; last: number } | null {
  const slackMs = (at: number) => Math.min(1_000, pieces[at]!.durationMs / 4)
  let first = pieceAt(pieces, startMs)
  let last = pieceAt(pieces, endMs - 1)
  if (
    first < 0 ||
    last < 0 ||
    startMs >= endOf(pieces[first]!) ||
    endMs > endOf(pieces[last]!) + slackMs(last)
  )
    return null
  if (first < last && endOf(pieces[first]!) - startMs < slackMs(first)) first++
  if (first < last && endMs - pieces[last]!.startMs < slackMs(last)) last--
  for (let at = first + 1; at <= last; at++) if (!isNext(pieces, at)) return null
  return { first, last }
}

/** What is chosen so far, what it costs and what it is worth. */
class Choice {
  readonly #pieces: readonly Piece[]
  readonly #budgetMs: number
  /** How many chosen moments show each piece. */
  readonly #uses: Uint16Array
  #chosen: Candidate[] = []
  #costMs = 0

  constructor(pieces: readonly Piece[], budgetMs: number) {
    this.#pieces = pieces
    this.#budgetMs = budgetMs
    this.#uses = new Uint16Array(pieces.length)
  }

  get chosen(): readonly Candidate[] {
    return this.#chosen
  }

  get usedMs(): number {
    return this.#costMs
  }

  get worth(): number {
    return storyWorth(this.moments())
  }

  moments(): RecapMoment[] {
    return this.#chosen.map(({ moment }) => moment)
  }

  taken(): boolean[] {
    return Array.from(this.#uses, (uses) => uses > 0)
  }

  has(candidate: Candidate): boolean {
    return this.#chosen.includes(candidate)
  }

  /** Time that it would add. */
  costMs({ first, last }: Candidate): number {
    let ms = 0
    for (let at = first; at <= last; at++) if (this.#uses[at] === 0) ms += this.#pieces[at]!.durationMs
    return ms
  }

  fits(candidate: Candidate): boolean {
    return this.#costMs + this.costMs(candidate) <= this.#budgetMs
  }

  worthWith(candidate: Candidate): number {
    return storyWorth(this.#with(candidate).map(({ moment }) => moment))
  }

  /** False, and nothing done, where the time does not allow it. */
  add(candidate: Candidate): boolean {
    if (!this.fits(candidate)) return false
    this.#costMs += this.costMs(candidate)
    for (let at = candidate.first; at <= candidate.last; at++) this.#uses[at]!++
    this.#chosen = this.#with(candidate)
    return true
  }

  remove(candidate: Candidate): void {
    for (let at = candidate.first; at <= candidate.last; at++) this.#uses[at]!--
    this.#costMs -= this.costMs(candidate)
    this.#chosen = this.#chosen.filter((each) => each !== candidate)
  }

  #with(candidate: Candidate): Candidate[] {
    const after = this.#chosen.findIndex(({ moment }) => moment.startMs > candidate.moment.startMs)
    return this.#chosen.toSpliced(after === -1 ? this.#chosen.length : after, 0, candidate)
  }
}

/** Adds lead changes, those that matter most first, up to a part of the time; returns those that are in. */
function keepLeadChanges(
  choice: Choice,
  candidates: readonly Candidate[],
  mostMs: number,
): ReadonlySet<Candidate> {
  const kept = new Set<Candidate>()
  const changes = candidates.filter(({ moment }) => moment.reasons.includes('lead-change'))
  for (const candidate of changes.toSorted((a, b) => b.moment.importance - a.moment.importance))
    if (choice.usedMs + choice.costMs(candidate) <= mostMs && choice.add(candidate)) kept.add(candidate)
  return kept
}

/** Adds what gains most for its time until nothing more fits or gains. */
function grow(choice: Choice, candidates: readonly Candidate[]): void {
  for (;;) {
    const base = choice.worth
    let best: Candidate | null = null
    let bestGain = 0
    for (const candidate of candidates) {
      if (choice.has(candidate) || !choice.fits(candidate)) continue
      // Even what is on screen anyway takes a second of attention.
      const gain = (choice.worthWith(candidate) - base) / (choice.costMs(candidate) + 1_000)
      if (gain > bestGain) {
        best = candidate
        bestGain = gain
      }
    }
    if (best === null) return
    choice.add(best)
  }
}

/** Replaces a chosen moment by a better one, for each that has one. True when anything changed. */
function exchange(choice: Choice, candidates: readonly Candidate[], kept: ReadonlySet<Candidate>): boolean {
  let isChanged = false
  for (const out of choice.chosen) {
    if (out.moment.isNeeded || kept.has(out)) continue
    let bestWorth = choice.worth + 1e-9
    let best = out
    choice.remove(out)
    for (const candidate of candidates) {
      if (candidate === out || choice.has(candidate) || !choice.fits(candidate)) continue
      const worth = choice.worthWith(candidate)
      if (worth > bestWorth) {
        best = candidate
        bestWorth = worth
      }
    }
    choice.add(best)
    if (best !== out) isChanged = true
  }
  return isChanged
}

/** Cuts of the taken pieces, with the moments at their place in the recap. */
function laidOut(
  pieces: readonly Piece[],
  isTaken: readonly boolean[],
  moments: readonly RecapMoment[],
): Omit<Recap, 'leftOut'> {
  const cuts: RecapCut[] = []
  const shown: ShownMoment[] = []
  let durationMs = 0
  let next = 0
  for (const { first, last } of runsOf(isTaken)) {
    for (let at = first; at <= last; at++) {
      const piece = pieces[at]!
      const before = cuts.at(-1)
      const endMs = endOf(piece)
      if (before && at > first && !piece.isBreak && isNext(pieces, at)) before.endMs = endMs
      else cuts.push({ startMs: piece.startMs, endMs })
      for (; next < moments.length && moments[next]!.startMs < endMs; next++) {
        const moment = moments[next]!
        const fromMs = durationMs + Math.max(0, moment.startMs - piece.startMs)
        shown.push({ ...moment, fromMs, toMs: fromMs + moment.endMs - moment.startMs })
      }
      durationMs += piece.durationMs
    }
  }
  for (const moment of shown) moment.toMs = Math.min(moment.toMs, durationMs)
  return { cuts, moments: shown, durationMs }
}
