import { wilsonInterval } from '@heavylift/core/math'
import { coarseLabel } from '../../domain/labels.ts'
import type { FineLabel } from '../../domain/labels.ts'
import type { LabelledAddress } from '../../domain/labelled-address.ts'
import type { Span } from '../../domain/parsed-address.ts'
import { pieceOfToken } from '../../parse/learn/examples.ts'

/** A label that somebody gave to a piece of the text. Peers may have labels of their own. */
export interface GivenLabel extends Span {
  label: string
}

export interface LabelScore {
  n: number
  tokens: number
  rightTokens: number
  full: number
  coarseFull: number
}

export const noScore = (): LabelScore => ({ n: 0, tokens: 0, rightTokens: 0, full: 0, coarseFull: 0 })

const coarse = (label: string) => coarseLabel(label as FineLabel)

/**
 * Adds one address to a score. A piece is right where every token in it has its label; an address is `full` where all pieces are, and
 * `coarseFull` where they are in the coarse space. Returns whether it is coarsely right.
 */
export function scoreLabels(
  score: LabelScore,
  truth: LabelledAddress,
  spans: readonly Span[],
  given: readonly GivenLabel[],
): boolean {
  const labels = new Map<number, Set<string>>()
  for (const [at, piece] of pieceOfToken(given, spans).entries()) {
    if (piece === null) continue
    const known = labels.get(piece) ?? new Set()
    labels.set(piece, known.add((given[at] as GivenLabel).label))
  }
  let [right, coarselyRight] = [0, 0]
  for (const [at, { label }] of truth.pieces.entries()) {
    const found = [...(labels.get(at) ?? [])]
    if (found.length === 0) continue
    if (found.every((one) => one === label)) right++
    if (found.every((one) => coarse(one) === coarse(label))) coarselyRight++
  }
  const count = truth.pieces.length
  score.n++
  score.tokens += count
  score.rightTokens += right
  if (right === count) score.full++
  if (coarselyRight === count) score.coarseFull++
  return coarselyRight === count
}

export function ratesOf({ n, tokens, rightTokens, full, coarseFull }: LabelScore) {
  return {
    tokenAccuracy: tokens === 0 ? 0 : rightTokens / tokens,
    fullRate: n === 0 ? 0 : full / n,
    coarseFullRate: n === 0 ? 0 : coarseFull / n,
  }
}

/** 95 % intervals (Wilson) of the rates of addresses. */
export function intervalsOf({ n, full, coarseFull }: LabelScore): Record<string, [number, number]> {
  const interval = (count: number): [number, number] => {
    const { low, high } = wilsonInterval(count, n)
    return [low, high]
  }
  return { fullRate: interval(full), coarseFullRate: interval(coarseFull) }
}

export function addScores(scores: readonly LabelScore[]): LabelScore {
  const total = noScore()
  for (const score of scores)
    for (const name of Object.keys(total) as (keyof LabelScore)[]) total[name] += score[name]
  return total
}
