import { basename, join } from 'node:path'
import { readdir } from 'node:fs/promises'
import { InvalidInputError } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import type { FeedEvent, NflPlay } from '../domain/feed-event.ts'
import type { Match } from '../domain/match.ts'
import type { TagDraft } from '../domain/tag.ts'
import { eventsRule } from '../events/events-rule.ts'
import { nbaTypeFromWords } from '../feeds/nba/action-words.ts'
import type { NbaWordType } from '../feeds/nba/action-words.ts'
import { nflPlayTypes } from '../events/nfl-tags.ts'
import { nbaStatsCsv } from '../feeds/nba/stats-csv.ts'
import { wordsOf } from '../feeds/nba/stats-action.ts'
import { periodSeconds, parseGameClock } from '../feeds/clocks/game-clock.ts'
import { nflPbpCsv } from '../feeds/nfl/pbp-csv.ts'
import { playTypeFromWords } from '../feeds/nfl/play-words.ts'
import type { FeedFormat } from '../feeds/feed-format.ts'
import { feedFileHead, openFeedFile } from '../feeds/open-feed-file.ts'
import { bootstrapByGroup } from '../learn/bootstrap.ts'
import { rangeOf } from './probability-metrics.ts'
import { numberOf, readRows, textOf } from '../feeds/read-source.ts'
import type { JsonObject } from '../feeds/read-source.ts'

/** Rows that agree and rows in all. */
interface Agreement {
  agreed: number
  rows: number
}

const share = ({ agreed, rows }: Agreement): number => (rows === 0 ? 0 : agreed / rows)

/**
 * Tag type of the row's own columns, read here afresh and not by the parser, so that the two check each other. Null where
 * `play_type` is empty (ends of quarters, the two-minute warning): such a row has no type of its own.
 */
function nflStatedType(row: JsonObject): string | null {
  const isSet = (column: string) => numberOf(row[column]) === 1
  const description = textOf(row['desc'])
  if (isSet('timeout') && /^timeout/i.test(description)) return 'timeout'
  if (isSet('two_point_attempt')) return 'play.two-point'
  const written = textOf(row['play_type'])
  if (isSet('sack') && written !== 'no_play') return 'play.sack'
  if (written === 'no_play') return 'play.none'
  return written in nflPlayTypes ? nflPlayTypes[written as NflPlay['playType']] : null
}

/** Tag types that stand for each EVENTMSGTYPE; those of follow-up actions come on top. */
const nbaStatedTypes: Readonly<Record<number, RegExp>> = {
  1: /^score\.basket\./,
  2: /^miss\.basket\./,
  3: /^(score|miss)\.free-throw$/,
  4: /^possession\.rebound\./,
  5: /^turnover\./,
  6: /^foul\.(personal|offensive|technical)$/,
  7: /^foul\.violation$/,
  8: /^substitution\./,
  9: /^timeout$/,
  10: /^possession\.jump-ball$/,
  11: /^foul\.ejection$/,
  12: /^period\.start$/,
  13: /^period\.end$/,
  18: /^review$/,
}

const nbaWordTypes: Readonly<Record<NbaWordType, number>> = {
  made: 1,
  missed: 2,
  freethrow: 3,
  rebound: 4,
  turnover: 5,
  foul: 6,
  violation: 7,
  substitution: 8,
  timeout: 9,
  jumpball: 10,
  ejection: 11,
  'period-start': 12,
  'period-end': 13,
  review: 18,
}

/** Feed tags of a whole file by the row that they come from. */
async function tagsByRow(
  format: FeedFormat,
  path: string,
  signal: AbortSignal,
): Promise<Map<string, string[]>> {
  const tags = new Map<string, string[]>()
  const options = { name: basename(path), matchId: null, signal }
  let match: Match | null = null
  let state = eventsRule.create()
  for await (const item of format.parse(openFeedFile(path), options)) {
    if (!('event' in item)) continue
    const event: FeedEvent = item.event
    if (event.kind === 'match') {
      match = event.match
      state = eventsRule.create()
    }
    eventsRule.onEvent(event, state, {
      match,
      insight: () => undefined,
      outcome: () => undefined,
      tag(tag: TagDraft) {
        if (tag.source !== 'feed' || tag.type.startsWith('match.')) return
        const row = tag.sourceRef.slice(tag.sourceRef.lastIndexOf('#') + 1)
        tags.set(row, [...(tags.get(row) ?? []), tag.type])
      },
    })
  }
  return tags
}

interface FileAgreement {
  fromType: Agreement
  fromWords: Agreement
}

async function nflAgreement(path: string, signal: AbortSignal): Promise<FileAgreement> {
  const tags = await tagsByRow(nflPbpCsv, path, signal)
  const fromType = { agreed: 0, rows: 0 }
  const fromWords = { agreed: 0, rows: 0 }
  for await (const row of readRows(openFeedFile(path), 'csv', signal)) {
    if ('code' in row) continue
    const stated = nflStatedType(row.fields)
    if (stated === null) continue
    fromType.rows++
    fromWords.rows++
    if (tags.get(`row ${row.line}`)?.[0] === stated) fromType.agreed++
    if (nflPlayTypes[playTypeFromWords(textOf(row.fields['desc']))] === stated) fromWords.agreed++
  }
  return { fromType, fromWords }
}

async function nbaAgreement(path: string, signal: AbortSignal): Promise<FileAgreement> {
  const tags = await tagsByRow(nbaStatsCsv, path, signal)
  const fromType = { agreed: 0, rows: 0 }
  const fromWords = { agreed: 0, rows: 0 }
  for await (const row of readRows(openFeedFile(path), 'csv', signal)) {
    if ('code' in row) continue
    const type = numberOf(row.fields['EVENTMSGTYPE']) ?? 0
    const stated = nbaStatedTypes[type]
    fromType.rows++
    fromWords.rows++
    const primary = tags.get(`row ${row.line}`)?.[0]
    if (stated && primary !== undefined && stated.test(primary)) fromType.agreed++
    const clock = {
      secondsLeft: parseGameClock(textOf(row.fields['PCTIMESTRING'])) ?? -1,
      periodSeconds: periodSeconds('nba', numberOf(row.fields['PERIOD']) ?? 1),
    }
    if (nbaWordTypes[nbaTypeFromWords(wordsOf(row.fields), clock)] === type) fromWords.agreed++
  }
  return { fromType, fromWords }
}

async function filesOf(dataDir: string): Promise<{ nfl: string[]; nba: string[] }> {
  const found = { nfl: [] as string[], nba: [] as string[] }
  for (const entry of await readdir(dataDir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.csv(\.gz)?$/i.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    const head = await feedFileHead(path)
    if (nflPbpCsv.recognise(entry.name, head) === 1) found.nfl.push(path)
    else if (nbaStatsCsv.recognise(entry.name, head) === 1) found.nba.push(path)
  }
  return { nfl: found.nfl.toSorted(), nba: found.nba.toSorted() }
}

/**
 * How often the tag of a row agrees with the feed's own type of it. `FromType`: the whole way, parser and rule, with the
 * type's columns at hand; what it misses are faults of ours. `FromWords`: only the description (NBA: and the clock) is
 * shown, the type's columns are hidden; rows that have no words at all count as well.
 */
export async function measureEvents({ dataDir, report, signal }: MeasureInput) {
  if (dataDir === null)
    throw new InvalidInputError({
      code: 'data-missing',
      message: 'Give a folder with NFL (nflverse) or NBA (stats site) play-by-play CSV by --data.',
    })
  const files = await filesOf(dataDir)
  const total = files.nfl.length + files.nba.length
  if (total === 0)
    throw new InvalidInputError({
      code: 'data-missing',
      message: `No NFL or NBA play-by-play CSV is in ${dataDir}.`,
    })
  const metrics: Record<string, number> = {}
  const intervals: Record<string, [low: number, high: number]> = {}
  const worst: Record<string, { source: string; value: number }> = {}
  let done = 0
  let n = 0
  for (const [sport, paths, measure] of [
    ['nfl', files.nfl, nflAgreement],
    ['nba', files.nba, nbaAgreement],
  ] as const) {
    const ofFile: (FileAgreement & { file: string })[] = []
    for (const path of paths) {
      signal.throwIfAborted()
      report({ stage: sport, done: done++, total, unit: 'files' })
      ofFile.push({ file: basename(path), ...(await measure(path, signal)) })
    }
    if (ofFile.length === 0) continue
    const rows = ofFile.reduce((sum, { fromType }) => sum + fromType.rows, 0)
    n += rows
    metrics[`${sport}Rows`] = rows
    for (const [key, name] of [
      ['fromType', `${sport}FromType`],
      ['fromWords', `${sport}FromWords`],
    ] as const) {
      const over = bootstrapByGroup(
        ofFile.map(({ file }) => file),
        (files) =>
          share({
            agreed: files.reduce((sum, at) => sum + ofFile[at]![key].agreed, 0),
            rows: files.reduce((sum, at) => sum + ofFile[at]![key].rows, 0),
          }),
      )
      metrics[name] = over.value
      if (ofFile.length > 1) intervals[name] = rangeOf(over)
      const [least] = ofFile
        .map((one) => ({ source: one.file, value: share(one[key]) }))
        .toSorted((a, b) => a.value - b.value)
      worst[`${name}OfFile`] = least!
    }
  }
  return { n, metrics, intervals, worst }
}
