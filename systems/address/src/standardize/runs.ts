import type { FineLabel } from '../domain/labels.ts'
import type { LabelledToken, ParsedAddress, Span } from '../domain/parsed-address.ts'
import type { Change } from '../domain/standard-address.ts'
import { unitDesignators } from '../gazetteer/unit-designators.ts'
import { bareWord } from '../parse/tokenize.ts'
import { explanations } from './rules.ts'
import type { StandardRule } from './rules.ts'
import { plainRule } from './standard-words.ts'
import type { Standard } from './standard-words.ts'

/** Words beside one another with one label. */
export interface Run extends Span {
  label: FineLabel
  tokens: LabelledToken[]
}

export function runsOf({ input, tokens }: ParsedAddress): Run[] {
  const runs: Run[] = []
  for (const token of tokens) {
    const last = runs.at(-1)
    if (last?.label === token.label && !isNext(last, token)) {
      last.end = token.end
      last.text = input.slice(last.start, last.end)
      last.tokens.push(token)
    } else
      runs.push({ label: token.label, start: token.start, end: token.end, text: token.text, tokens: [token] })
  }
  return runs
}

/** Whether a designator or its number is another one than the one before: behind a comma, or a word that designates by itself. */
function isNext(run: Run, token: LabelledToken): boolean {
  if (!/^(Occupancy|Subaddress)/.test(token.label)) return false
  return (
    run.text.endsWith(',') || (token.label === 'OccupancyType' && unitDesignators.has(bareWord(token.text)))
  )
}

/** Collects what standardising changed. */
export class Changes {
  readonly list: Change[] = []

  /** Notes that a run is now `to.text`, unless nothing changed; without a rule it is capitals or punctuation. */
  note(run: Span, to: Standard): string {
    const rule = to.rule ?? plainRule(run.text, to.text)
    if (rule !== null) this.add(run, to.text, rule)
    return to.text
  }

  /** Says of each run that has no place on the lines that it is gone. */
  leaveOut(runs: readonly Run[], lines: readonly string[]): void {
    const output = lines.join(' ')
    for (const run of runs) {
      const at = this.list.findIndex(({ start, end }) => start <= run.start && run.end <= end)
      const change = this.list[at]
      if (change?.to === '' || change?.rule === 'attention') continue
      if (output.includes(change?.to ?? run.text)) continue
      if (change) this.list.splice(at, 1)
      this.add(run, '', 'left-out')
    }
  }

  add({ start, end, text }: Span, to: string, rule: StandardRule): void {
    this.list.push({ start, end, text, to, rule, explanation: explanations[rule] })
  }
}
