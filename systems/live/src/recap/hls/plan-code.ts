import { InvalidInputError } from '@heavylift/core'
import type { RecapCut } from '../select-recap.ts'
import type { HandOver } from './recap-playlist.ts'

const digits = (value: number): string => Math.round(value).toString(36)

/**
 * Cuts as text for an address: `start-length` in milliseconds, base 36, each start counted from the one before. A viewer's
 * playlist is then the same at every server and on every reload, with nothing kept anywhere.
 */
export function writeCuts(cuts: readonly RecapCut[]): string {
  let before = 0
  return cuts
    .map(({ startMs, endMs }) => {
      const start = Math.round(startMs)
      const text = `${digits(start - before)}-${digits(endMs - startMs)}`
      before = start
      return text
    })
    .join('.')
}

/** Throws an `InvalidInputError` (`recap-plan-invalid`). */
export function readCuts(text: string): RecapCut[] {
  let before = 0
  return text.split('.').map((part) => {
    const [, start, length] = /^([0-9a-z]{1,10})-([0-9a-z]{1,6})$/.exec(part) ?? []
    if (start === undefined || length === undefined) throw invalid()
    before += Number.parseInt(start, 36)
    return { startMs: before, endMs: before + Number.parseInt(length, 36) }
  })
}

export const writeHandOver = (plan: HandOver): string =>
  [plan.segments, plan.breaks, plan.sequence, plan.discontinuity].map(digits).join('.')

/** Throws an `InvalidInputError` (`recap-plan-invalid`). */
export function readHandOver(cuts: string, numbers: string): HandOver {
  if (!/^([0-9a-z]{1,9}\.){3}[0-9a-z]{1,9}$/.test(numbers)) throw invalid()
  const [segments = 0, breaks = 0, sequence = 0, discontinuity = 0] = numbers
    .split('.')
    .map((part) => Number.parseInt(part, 36))
  return { cuts: readCuts(cuts), segments, breaks, sequence, discontinuity }
}

const invalid = (): InvalidInputError =>
  new InvalidInputError({
    code: 'recap-plan-invalid',
    message: 'The address does not come from this recap. Ask for live-with-recap.m3u8 without a plan.',
  })
