import { rawLeader } from './raw-game.ts'
import type { RawGame, RawRow, RawSoccer } from './raw-game.ts'
import { isScore, other, scoring, sideNamed } from './statement-case.ts'
import type { Check } from './statement-case.ts'

const outcomes: Readonly<Record<string, RawSoccer['shot']>> = {
  scores: 'goal',
  'is denied by the goalkeeper': 'saved',
  'has a shot blocked': 'blocked',
  'hits the woodwork': 'post',
  'shoots wide': 'wide',
}

/** `Rovers 2–1 Albion`, home first, after a row. */
const stands = (
  game: RawGame,
  row: RawRow,
  home: string,
  away: string,
  homeScore: string,
  awayScore: string,
): boolean =>
  sideNamed(game, home) === 'home' &&
  sideNamed(game, away) === 'away' &&
  row.home === Number(homeScore) &&
  row.away === Number(awayScore)

/** A player's name, or his side's where the file does not name him. */
const isBy = (row: RawRow, game: RawGame, name: string): boolean =>
  row.soccer?.player === name ||
  (row.soccer?.player === '' && row.side !== null && sideNamed(game, name) === row.side)

/** Goals with the side that they count for. */
const goals = (game: RawGame) =>
  scoring(game).map(({ row, before }) => ({
    row,
    side: row.home > before.home ? ('home' as const) : ('away' as const),
  }))

/** The goal after which the winner led for good. */
function turnOf(game: RawGame): RawRow | null {
  const winner = rawLeader(game.final)
  const all = scoring(game)
  const behind = all.findLastIndex(({ row }) => rawLeader(row) !== winner)
  return all[behind + 1]?.row ?? null
}

/** What rules and summaries say of soccer, held against the file. */
export const soccerPatterns: readonly (readonly [RegExp, Check])[] = [
  [
    /^(?:Goal|Own goal) by (.+?)(?: \((.+?)\))?( with the head| from the penalty spot)?: (.+) (\d+)–(\d+) (.+)\.$/,
    ([who, team, how, home, homeScore, awayScore, away], { game, row, statement }) => {
      const { soccer, side } = row
      if (!soccer) return false
      const isOwn = statement.text.startsWith('Own goal')
      return (
        isOwn === soccer.isOwnGoal &&
        (isOwn || soccer.shot === 'goal') &&
        isBy(row, game, who!) &&
        (team === undefined || sideNamed(game, team) === side) &&
        (how !== ' with the head' || soccer.isHeader) &&
        (how === ' from the penalty spot') === (soccer.isPenalty && !isOwn) &&
        stands(game, row, home!, away!, homeScore!, awayScore!)
      )
    },
  ],
  [
    /^(.+?)(?: \((.+?)\))? (scores|is denied by the goalkeeper|has a shot blocked|hits the woodwork|shoots wide)( from the penalty spot| from a free kick)?( with the head)?$/,
    ([who, team, what, how, head], { game, row }) => {
      const { soccer, side } = row
      return (
        soccer !== undefined &&
        isBy(row, game, who!) &&
        (team === undefined || sideNamed(game, team) === side) &&
        soccer.shot === outcomes[what!] &&
        (how === ' from the penalty spot') === soccer.isPenalty &&
        (how === ' from a free kick') === soccer.isFreeKick &&
        (head !== undefined) === soccer.isHeader
      )
    },
  ],
  [
    /^(.+?)(?: \((.+?)\))? puts the ball into their own net$/,
    ([who, team], { game, row }) =>
      row.soccer?.isOwnGoal === true &&
      isBy(row, game, who!) &&
      (team === undefined || sideNamed(game, team) === row.side),
  ],
  [
    /^(.+?)(?: \((.+?)\))? gets a (yellow|second yellow|red) card$/,
    ([who, team, card], { game, row }) =>
      row.soccer?.card === card &&
      isBy(row, game, who!) &&
      (team === undefined || sideNamed(game, team) === row.side),
  ],
  [
    /^Big chance for (.+): (.+), \d+ in 100\.$/,
    ([team, who], { game, row }) =>
      sideNamed(game, team!) === row.side &&
      isBy(row, game, who!) &&
      row.soccer?.shot != null &&
      row.soccer.shot !== 'goal',
  ],
  [
    /^(.+)’s shot: such a one goes in \d+ times? in 100\.$/,
    ([who], { game, row }) => row.soccer?.shot != null && isBy(row, game, who!),
  ],
  [
    /^(.+) come back from (\d+) goals behind to (\d+)–(\d+)\.$/,
    ([name, behind, home, away], { game, row, at }) => {
      const side = sideNamed(game, name!)
      if (side === null || row.home !== Number(home) || row.away !== Number(away) || row.home !== row.away)
        return false
      const margins = game.rows.slice(0, at).map((one) => one[other(side)] - one[side])
      return Math.max(...margins) >= Number(behind)
    },
  ],
  [
    /^Full-time: (.+) (\d+), (.+) (\d+)\.$/,
    ([home, homeScore, away, awayScore], { game }) =>
      sideNamed(game, home!) === 'home' &&
      sideNamed(game, away!) === 'away' &&
      game.final.home === Number(homeScore) &&
      game.final.away === Number(awayScore),
  ],
  [
    /^(.+) beat (.+) by (\d+) goals?, (\d+)–(\d+)\.$/,
    ([winner, loser, margin, high, low], { game }) => {
      const side = sideNamed(game, winner!)
      return (
        side !== null &&
        rawLeader(game.final) === side &&
        sideNamed(game, loser!) === other(side) &&
        isScore(game.final, high!, low!) &&
        Number(high) - Number(low) === Number(margin)
      )
    },
  ],
  [
    /^(.+) and (.+) drew, (\d+)–(\d+)\.$/,
    ([, , high, low], { game }) => rawLeader(game.final) === null && isScore(game.final, high!, low!),
  ],
  [
    /^For (.+) scored (.+)\.$/,
    ([team, list], { game }) => {
      const side = sideNamed(game, team!)
      const told = [...list!.matchAll(/(?:^|, | and )(.+?)( by an own goal)? \(([\d+, ]+)\)/g)]
      const said = told.flatMap(([, name, own, minutes]) =>
        minutes!.split(', ').map((minute) => `${name} ${own ? 'own' : ''} ${minute}`),
      )
      const were = goals(game)
        .filter((goal) => goal.side === side)
        .map(
          ({ row }) =>
            `${row.soccer?.player || 'a player'} ${row.soccer?.isOwnGoal ? 'own' : ''} ${row.soccer?.minute}`,
        )
      return said.toSorted().join() === were.toSorted().join()
    },
  ],
  [
    /^(An own goal by )?(.+?)(’s goal)? put (.+) ahead for good(?: in minute ([\d+]+))?, (\d+)–(\d+)\.$/,
    ([own, who, , team, minute, high, low], { game }) => {
      const turn = turnOf(game)
      return (
        turn?.soccer !== undefined &&
        rawLeader(game.final) === sideNamed(game, team!) &&
        turn.soccer.isOwnGoal === (own !== undefined) &&
        (who === 'A goal' || turn.soccer.player === who) &&
        (minute === undefined || turn.soccer.minute === minute) &&
        isScore(turn, high!, low!)
      )
    },
  ],
  [
    /^(An own goal by )?(.+?)(’s goal)? earned (.+) the draw(?: in minute ([\d+]+))?\.$/,
    ([own, who, , team, minute], { game }) => {
      const last = goals(game).at(-1)
      return (
        last?.row.soccer !== undefined &&
        rawLeader(game.final) === null &&
        last.side === sideNamed(game, team!) &&
        last.row.soccer.isOwnGoal === (own !== undefined) &&
        (who === 'A goal' || last.row.soccer.player === who) &&
        (minute === undefined || last.row.soccer.minute === minute)
      )
    },
  ],
  [
    /^(.+) of (.+) was sent off(?: in minute ([\d+]+))?\.$/,
    ([who, team, minute], { game }) =>
      game.rows.some(
        ({ soccer, side }) =>
          soccer !== undefined &&
          (soccer.card === 'red' || soccer.card === 'second yellow') &&
          soccer.player === who &&
          side === sideNamed(game, team!) &&
          (minute === undefined || soccer.minute === minute),
      ),
  ],
  [
    /^(.+) had (\d+) shots?, (.+) (\d+)\.$/,
    ([home, homeShots, away, awayShots], { game }) => {
      const shots = (side: 'home' | 'away') =>
        game.rows.filter((row) => row.period < 5 && row.side === side && row.soccer?.shot != null).length
      return (
        sideNamed(game, home!) === 'home' &&
        sideNamed(game, away!) === 'away' &&
        shots('home') === Number(homeShots) &&
        shots('away') === Number(awayShots)
      )
    },
  ],
]
