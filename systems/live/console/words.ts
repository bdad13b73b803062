import { format } from '@heavylift/ui'
import type { Estimate, Insight } from '../src/domain/insight.ts'
import { soccerMinute } from '../src/feeds/clocks/game-clock.ts'
import type { Match, Sport } from '../src/domain/match.ts'
import type { Picture } from '../src/pipeline/pictures/picture.ts'
import type { InsightEntry } from '../src/routes/answers.ts'

export const sportWords: Record<Sport, string> = { nfl: 'NFL', nba: 'NBA', race: 'Race', soccer: 'Soccer' }

/** An estimate as one reads it: `62 %`, `1.8 s (1.2 to 2.6)`, `man 71 %`, `54 of 100`. */
export function estimateWords(estimate: Estimate): string {
  switch (estimate.type) {
    case 'probability':
      return format.formatPercent(estimate.probability)
    case 'interval':
      return `${short(estimate.value)} ${estimate.unit} (${short(estimate.low)} to ${short(estimate.high)})`
    case 'classes': {
      const best = estimate.classes.toSorted((a, b) => b.probability - a.probability)[0]
      return best ? `${best.name} ${format.formatPercent(best.probability)}` : '–'
    }
    case 'score':
      return estimate.low < 0
        ? `${signed(estimate.value)} of ±${estimate.high}`
        : `${short(estimate.value)} of ${estimate.high}`
  }
}

/** Whether what came is what the insight said, as the server judges it; null while it is open. */
export function isRight({ outcome }: InsightEntry): boolean | null {
  return outcome === null ? null : outcome.isCorrect
}

/** What came of an insight: the state, and what happened in words. */
export function outcomeWords(entry: InsightEntry): { state: 'good' | 'bad' | 'idle'; word: string } {
  const { insight, outcome } = entry
  if (outcome === null) return { state: 'idle', word: insight.isScored ? 'Open' : 'Not scored' }
  const { happened } = outcome
  const { estimate } = insight
  const what =
    estimate.type === 'probability'
      ? happened === 1
        ? 'it happened'
        : 'it did not happen'
      : estimate.type === 'interval'
        ? `${short(Number(happened))} ${estimate.unit}`
        : String(happened)
  const right = isRight(entry) === true
  return { state: right ? 'good' : 'bad', word: `${right ? 'Right' : 'Wrong'}: ${what}` }
}

/** The clock of a match at a picture: `Q2 7:31`, `Lap 12 of 42`. */
export function clockWords(match: Match, picture: Picture): string {
  if (picture.race) {
    const total = match.race?.totalLaps
    return `Lap ${picture.race.lap}${total == null ? '' : ` of ${total}`}`
  }
  if (!picture.game) return ''
  const { period, secondsLeft } = picture.game
  if (match.sport === 'soccer') return period === 5 ? 'Shoot-out' : `${soccerMinute(picture.game)}′`
  const name = period <= 4 ? `Q${period}` : period === 5 ? 'OT' : `OT${period - 4}`
  const whole = Math.floor(secondsLeft)
  return `${name} ${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

const ordinals = ['1st', '2nd', '3rd', '4th']

/** `3rd & 8 at the opponent's 24`; empty on kicks. */
export function situationWords(picture: Picture): string {
  const situation = picture.nfl?.situation
  if (!situation || situation.down === null) return ''
  const { yardsToGo, yardsToGoal } = situation
  const place =
    yardsToGoal === null
      ? ''
      : yardsToGoal === 50
        ? ' at midfield'
        : yardsToGoal > 50
          ? ` on own ${100 - yardsToGoal}`
          : ` on opponent's ${yardsToGoal}`
  const goal = yardsToGoal !== null && yardsToGo !== null && yardsToGo >= yardsToGoal
  return `${ordinals[situation.down - 1] ?? ''} & ${goal ? 'goal' : (yardsToGo ?? '–')}${place}`
}

/** `−2:05` before the newest; `now` within a second and a half. */
export function behindWords(behindMs: number): string {
  if (behindMs < 1_500) return 'now'
  const seconds = Math.round(behindMs / 1000)
  return `−${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

const short = (value: number): string => format.formatNumber(Math.round(value * 10) / 10)
const signed = (value: number): string => `${value < 0 ? '−' : '+'}${short(Math.abs(value))}`

/** Whom an insight is about: a player's or driver's name, else the team or the match. */
export function subjectWord({ subject, detail, kind }: Insight, match: Match): string {
  const { name, driver, number, jersey } = detail
  const no = typeof number === 'string' ? number : typeof jersey === 'number' ? String(jersey) : ''
  // The name that comes with pressure is that of the rusher who is there first.
  const who =
    kind === 'nfl.pressure' ? '' : typeof name === 'string' ? name : typeof driver === 'string' ? driver : ''
  if (who !== '' || no !== '') return `${no === '' ? '' : `#${no} `}${who}`.trim()
  const team = [match.home, match.away].find((each) => each?.id === subject)
  return team?.name ?? (subject === 'match' ? 'The match' : subject)
}
