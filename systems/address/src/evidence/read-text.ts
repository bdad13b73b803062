import type { Observation, Source } from '../domain/evidence.ts'
import { readHours } from '../hours/read-hours.ts'
import { readInstructions, readUnit } from './instructions.ts'
import { longestText, readStatements } from './statements.ts'

export interface DocumentOf {
  /** File name or another name that a person knows it by. */
  document: string
  source: Source
  dateMs: number | null
}

/** What a text says about an address. Its orders are kept apart (`isOrder`). */
export function observeText(about: DocumentOf, text: string): Observation {
  const plain = text.slice(0, longestText)
  const { statements, orders } = readStatements(plain)
  const quotes = statements.map(({ quote }) => quote)
  return {
    ...about,
    dateMs: about.dateMs ?? readDate(plain),
    statements,
    orders,
    hours: readHours(quotes.join('\n')),
    instructions: readInstructions(quotes),
    unit: readUnit(quotes),
  }
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** The first date that a text writes with a year (2024-03-05, 3/5/2024, 5 March 2024, March 5, 2024), at midnight UTC. */
export function readDate(text: string): number | null {
  const iso = /\b((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})\b/.exec(text)
  if (iso !== null) return utc(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const american = /\b(\d{1,2})\/(\d{1,2})\/((?:19|20)\d\d)\b/.exec(text)
  if (american !== null) return utc(Number(american[3]), Number(american[1]), Number(american[2]))
  const written =
    /\b(?:(\d{1,2})\s+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?((?:19|20)\d\d)\b/i.exec(
      text,
    )
  if (written === null) return null
  return utc(
    Number(written[4]),
    months.indexOf(written[2]!.toLowerCase()) + 1,
    Number(written[1] ?? written[3] ?? 1),
  )
}

function utc(year: number, month: number, day: number): number | null {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? Date.UTC(year, month - 1, day) : null
}
