import { rawLeader } from './raw-game.ts'
import type { RawGame, RawRow, RawSide } from './raw-game.ts'
import { soccerPatterns } from './check-soccer.ts'
import { isScore, other, scoring, sideNamed } from './statement-case.ts'
import type { Check, Statement } from './statement-case.ts'

/** How often another side went ahead than had been ahead last, and how often it was level again. */
function turns(game: RawGame): { changes: number; ties: number } {
  let led: RawSide | null = null
  let [changes, ties] = [0, 0]
  for (const { row } of scoring(game)) {
    const now = rawLeader(row)
    if (now === null) ties++
    else {
      if (led !== null && now !== led) changes++
      led = now
    }
  }
  return { changes, ties }
}

/** The side that led last before a row. */
function ledBefore({ rows }: RawGame, at: number): RawSide | null {
  for (let index = at - 1; index >= 0; index--) {
    const leader = rawLeader(rows[index]!)
    if (leader !== null) return leader
  }
  return null
}

const quarters = ['first', 'second', 'third', 'fourth']

/** `2:05 left in the fourth quarter`, `1:00 left in overtime`. */
function isClock(row: RawRow, minutes: string, seconds: string, period: string): boolean {
  const named = quarters.findIndex((quarter) => period === `the ${quarter} quarter`) + 1
  const wanted = named || (period === 'overtime' ? 5 : 4 + Number(/^overtime (\d+)$/.exec(period)?.[1]))
  return row.period === wanted && row.secondsLeft === Number(minutes) * 60 + Number(seconds)
}

const patterns: readonly (readonly [RegExp, Check])[] = [
  [
    /^(.+) take the lead, (\d+)–(\d+)\.$/,
    ([name, high, low], { game, row, at }) => {
      const side = sideNamed(game, name!)
      return isScore(row, high!, low!) && rawLeader(row) === side && ledBefore(game, at) === other(side!)
    },
  ],
  [
    /^All square at (\d+)\.$/,
    ([score], { row, before }) =>
      row.home === row.away && row.home === Number(score) && rawLeader(before ?? row) !== null,
  ],
  [
    /^(.+) drive ends (.+): (\d+) plays?(?:, (-?\d+) yards?)?\.$/,
    ([name, , plays, yards], { game, row, at }) => {
      if (row.drive === null || yards === undefined) return null
      // The end of a quarter is nobody's row: the one before tells whose ball it was.
      const side = game.rows.slice(0, at + 1).findLast((one) => one.side !== null)?.side
      if (sideNamed(game, name!) !== side) return false
      const isCounted = row.drive.plays === null || row.drive.plays === Number(plays)
      return row.drive.yards === null ? null : isCounted && row.drive.yards === Number(yards)
    },
  ],
  [
    /^(.+) inside the 20, (\d+) yards? to go\.$/,
    ([name, yards], { game, row }) =>
      row.yardsToGoal === null
        ? null
        : sideNamed(game, name!) === row.side && row.yardsToGoal === Number(yards),
  ],
  [
    /^(.+) gain (\d+) yards? (by a pass|on the ground)\.$/,
    ([name, yards, how], { game, row }) =>
      sideNamed(game, name!) === row.side &&
      new RegExp(`for ${yards} yards?`).test(row.text) &&
      /\bpass\b/.test(row.text) === (how === 'by a pass'),
  ],
  [
    /^Final: (.+) (\d+), (.+) (\d+)\.$/,
    ([away, awayScore, home, homeScore], { game }) =>
      sideNamed(game, away!) === 'away' &&
      sideNamed(game, home!) === 'home' &&
      game.final.away === Number(awayScore) &&
      game.final.home === Number(homeScore),
  ],
  [
    /^(.+) win, (\d+)–(\d+)\.$/,
    ([winner, high, low], { game }) =>
      rawLeader(game.final) === sideNamed(game, winner!) && isScore(game.final, high!, low!),
  ],
  [
    /^It ends level, (\d+)–(\d+)\.$/,
    ([high, low], { game }) => rawLeader(game.final) === null && isScore(game.final, high!, low!),
  ],
  [
    /^(.+) on a (\d+)–0 run\.$/,
    ([name, points], { game, at }) => {
      const side = sideNamed(game, name!)
      let run = 0
      for (let index = at; index >= 0; index--) {
        const [row, before] = [game.rows[index]!, game.rows[index - 1] ?? { home: 0, away: 0 }]
        if (row[other(side!)] !== before[other(side!)]) break
        run += row[side!] - before[side!]
      }
      return run === Number(points)
    },
  ],
  [
    /^(.+) scores (\d) in the clutch\.$/,
    ([name, points], { row }) =>
      row.points === Number(points) &&
      row.scorers.some((scorer) => isSameName(scorer, name!)) &&
      row.period >= 4 &&
      (row.secondsLeft ?? 999) <= 300,
  ],
  [
    /^(.+) beat (.+) by (\d+) points?, (\d+)–(\d+)\.$/,
    ([winner, loser, margin, high, low], { game }) =>
      rawLeader(game.final) === sideNamed(game, winner!) &&
      other(sideNamed(game, winner!)!) === sideNamed(game, loser!) &&
      isScore(game.final, high!, low!) &&
      Number(high) - Number(low) === Number(margin),
  ],
  [
    /^(.+) and (.+) finished level, (\d+)–(\d+)\.$/,
    ([, , high, low], { game }) => rawLeader(game.final) === null && isScore(game.final, high!, low!),
  ],
  [
    /^(?:(.+)’s|An?) (.+?) put (.+) ahead for good with (\d+):(\d+) left in (.+?), (\d+)–(\d+)\.(?: (.+) never trailed\.)?$/,
    ([scorer, , name, minutes, seconds, period, high, low, never], { game }) => {
      const side = sideNamed(game, name!)
      const all = scoring(game)
      const last = all.findLastIndex(({ row }) => rawLeader(row) !== side)
      const turn = all[last + 1]?.row
      if (turn === undefined || side === null) return false
      const isNever = all.every(({ row }) => rawLeader(row) !== other(side))
      return (
        isScore(turn, high!, low!) &&
        isClock(turn, minutes!, seconds!, period!) &&
        (scorer === undefined ||
          turn.text.includes(scorer) ||
          turn.scorers.some((one) => isSameName(one, scorer))) &&
        (never === undefined || isNever)
      )
    },
  ],
  [
    /^The lead changed hands (?:once|(\d+) times)(?:, and it was level (?:once|(\d+) times))?\.$/,
    ([changes, ties], { game, statement }) => {
      const wanted = turns(game)
      const level = ties ?? (statement.text.includes('level once') ? '1' : '0')
      return wanted.changes === Number(changes ?? 1) && wanted.ties === Number(level)
    },
  ],
  [
    /^(.+) scored (\d+) touchdowns?(?: each)? for (.+)\.$/,
    ([names, count], { game }) => {
      const made = (name: string) =>
        scoring(game).filter(
          ({ row, before }) =>
            row.home - before.home + row.away - before.away >= 6 &&
            row.scorers.some((scorer) => isSameName(scorer, name)),
        ).length
      return names!.split(' and ').every((name) => made(name) === Number(count))
    },
  ],
  [
    /^(.+) scored (\d+) for (.+)\.$/,
    ([name, points, team], { game }) => {
      const side = sideNamed(game, team!)
      const sums = new Map<string, number>()
      for (const row of game.rows)
        if (row.points > 0 && row.side === side)
          sums.set(row.scorers[0] ?? '', (sums.get(row.scorers[0] ?? '') ?? 0) + row.points)
      const [own] = [...sums].filter(([scorer]) => isSameName(scorer, name!))
      return own !== undefined && own[1] === Number(points) && own[1] === Math.max(...sums.values())
    },
  ],
  [
    /^The ball was given away by (?:(\d+) interceptions?)?(?: and )?(?:(\d+) lost fumbles?)?\.$/,
    ([interceptions, fumbles], { game: { rows } }) =>
      rows.reduce((sum, row) => sum + Math.min(1, row.interceptions), 0) === Number(interceptions ?? 0) &&
      rows.reduce((sum, row) => sum + Math.min(1, row.lostFumbles), 0) === Number(fumbles ?? 0),
  ],
  [
    /^There (?:was|were) (\d+) runs? of 10 or more unanswered points\.$/,
    ([count], { game }) => {
      let [side, points, runs]: [RawSide | null, number, number] = [null, 0, 0]
      for (const { row, before } of scoring(game)) {
        const scorer = row.home > before.home ? 'home' : 'away'
        const made = row[scorer] - before[scorer]
        if (side !== scorer) [side, points] = [scorer, 0]
        if (points < 10 && points + made >= 10) runs++
        points += made
      }
      return runs === Number(count)
    },
  ],
  [
    /^(.+) scored(?: on a pass from (.+))? with (\d+):(\d+) left in (.+): (.+) (\d+), (.+) (\d+)\.$/,
    ([scorer, passer, minutes, seconds, period, , away, , home], { row }) =>
      isClock(row, minutes!, seconds!, period!) &&
      row.away === Number(away) &&
      row.home === Number(home) &&
      row.text.includes(scorer!) &&
      (passer === undefined || row.text.includes(passer)),
  ],
  [
    /^(.+): needs (\d+) scores?(.*)\.$/,
    ([name, scores, rest], { game, row }) => {
      const side = sideNamed(game, name!)!
      const behind = row[other(side)] - row[side]
      const isKick =
        !rest!.includes('onside kick') || /kick|extra point|field goal|TWO-POINT|touchdown/i.test(row.text)
      return behind > 0 && Math.ceil(behind / 8) === Number(scores) && isKick
    },
  ],
  [/^Level, (.+) have the ball: /, (_, { row }) => row.home === row.away],
]

/** `D. Lillard` is `Damian Lillard`, and `L.James` is `LeBron James`. */
function isSameName(full: string, short: string): boolean {
  if (full === short) return true
  const last = (name: string) => name.replace(/^.*?[.\s]\s*/, '')
  return last(full) === last(short) && full[0] === short[0]
}

/** Beside the words: the score that an insight shows is the one after its play. */
function figuresHold({ figures }: Statement, row: RawRow): boolean | null {
  const { homeScore, awayScore } = figures
  if (typeof homeScore !== 'number' || typeof awayScore !== 'number') return null
  return homeScore === row.home && awayScore === row.away
}

const soccerPatternsOf = ({ sport }: RawGame) => (sport === 'soccer' ? soccerPatterns : [])

/** Whether a statement is true of a game by its file; null where the file does not tell, or nothing here knows how to check it. */
export function checkStatement(game: RawGame, statement: Statement): boolean | null {
  const { occasion, text } = statement
  const isOfGame = occasion === '' || occasion === 'match' || occasion === 'end'
  const at = isOfGame ? game.rows.length - 1 : game.rows.findIndex(({ id }) => id === occasion)
  const row = game.rows[at]
  // Follow-up actions have ids of their own, of which the file has none.
  if (row === undefined) return null
  const found = [...soccerPatternsOf(game), ...patterns].find(([pattern]) => pattern.test(text))
  const words = found?.[0].exec(text)?.slice(1)
  const said =
    found && words ? found[1](words, { game, row, at, before: game.rows[at - 1] ?? null, statement }) : null
  const figures = isOfGame ? null : figuresHold(statement, row)
  if (said === null) return figures
  return figures === null ? said : said && figures
}
