import { basename } from 'node:path'
import type { MeasureInput } from '@heavylift/core'
import { createRandom } from '@heavylift/core'
import { wilsonInterval } from '@heavylift/core/math'
import type { Match } from '../../domain/match.ts'
import type { Tag } from '../../domain/tag.ts'
import { summarise } from '../../events/summary/summarise.ts'
import { feedFileHead } from '../../feeds/open-feed-file.ts'
import { rules } from '../../insights/registry.ts'
import { bootstrapByGroup } from '../../learn/bootstrap.ts'
import { readMatches } from '../../learn/read-matches.ts'
import { dataFiles } from '../../learn/training-data.ts'
import { worstOf, worstSource } from '../../learn/worst-source.ts'
import { replayMatch } from '../../pipeline/replay-match.ts'
import type { Said } from '../../pipeline/replay-match.ts'
import { rangeOf } from '../probability-metrics.ts'
import { requireData } from '../require-data.ts'
import { checkStatement } from './check-statement.ts'
import type { Statement } from './statement-case.ts'
import { rawText } from './raw-files.ts'
import { rawReaders } from './raw-readers.ts'

/** Statements drawn in all, and matches that they are drawn from; of each match as many. */
const drawn = 100
const matchesDrawn = 20

const isTold = (type: string): boolean => /^(score\.goal|chance|card|miss)\b/.test(type)

/** Everything that was said of a match and can be true or false: not the feed's own words, nor chances of what is to come. */
function statementsOf(match: Match, said: readonly Said[]): Statement[] {
  const tags = new Map<string, Tag>()
  const statements: Statement[] = []
  for (const { output } of said) {
    if (output.type === 'tag') tags.set(output.tag.id, output.tag)
    if (output.type !== 'insight') continue
    const { kind, headline, occasion, detail } = output.insight
    statements.push({ kind, text: headline, occasion, figures: detail })
  }
  const all = [...tags.values()]
  for (const { type, text, occasion, source, homeScore, awayScore } of all)
    // Soccer feeds have no words: those of goals and cards are ours.
    if (source === 'detected' || type === 'match.end' || (match.sport === 'soccer' && isTold(type)))
      statements.push({ kind: type, text, occasion, figures: { homeScore, awayScore } })
  for (const { text, tagIds } of summarise(match, all, { length: 'long' }).sentences) {
    const occasion = tagIds.length === 1 ? (tags.get(tagIds[0]!)?.occasion ?? '') : ''
    statements.push({ kind: 'summary', text, occasion, figures: {} })
  }
  return statements
}

/**
 * Statements drawn at random from replays, each kind as often as chance wills it, checked against the files by a reader that shares no code
 * with the pipeline. What the file does not tell is not drawn.
 */
export async function measureStatements({ dataDir, report, signal }: MeasureInput) {
  const paths = await dataFiles(requireData(dataDir, 'NFL or NBA play-by-play or soccer events'))
  const random = createRandom('statements')
  const files = paths
    .map((path) => ({ path, key: random.next() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ path }) => path)
  const pool: { kind: string; format: string; matchId: string; isTrue: boolean; what: string }[] = []
  let matches = 0
  for (const path of files) {
    if (matches >= matchesDrawn) break
    signal.throwIfAborted()
    report({ stage: 'replays', done: matches, total: matchesDrawn, unit: 'matches' })
    const head = await feedFileHead(path)
    const reader = rawReaders.find(([format]) => format.recognise(basename(path), head) === 1)
    if (reader === undefined) continue
    const raw = new Map(reader[1](await rawText(path), basename(path)).map((game) => [game.id, game]))
    for await (const record of readMatches({ paths: [path], formats: [reader[0]], report, signal })) {
      const game = raw.get(record.matchId)
      const match = record.events.find((event) => event.kind === 'match')?.match
      if (game === undefined || match === undefined || record.end === null || game.rows.length === 0) continue
      if (matches++ >= matchesDrawn) break
      for (const statement of statementsOf(match, replayMatch(record.events, rules))) {
        const isTrue = checkStatement(game, statement)
        if (isTrue === null) continue
        const what = `${basename(path)} ${record.matchId} ${statement.occasion}: ${statement.kind}: ${statement.text}`
        pool.push({ kind: statement.kind, format: record.format, matchId: record.matchId, isTrue, what })
      }
    }
  }
  const picked: typeof pool = []
  const byKind = [...Map.groupBy(pool, ({ kind }) => kind).values()]
  // Each kind in turn, so that what is said most does not hide what is said seldom.
  while (picked.length < drawn && byKind.some((of) => of.length > 0))
    for (const of of byKind) {
      if (of.length === 0 || picked.length >= drawn) continue
      picked.push(...of.splice(Math.floor(random.next() * of.length), 1))
    }
  const right = picked.filter(({ isTrue }) => isTrue).length
  const allRight = pool.filter(({ isTrue }) => isTrue).length
  const byMatch = pool.map(({ matchId }) => matchId)
  const falseShare = (rows: Iterable<number>) => {
    const of = [...rows]
    return of.filter((row) => !pool[row]!.isTrue).length / of.length
  }
  const all = bootstrapByGroup(byMatch, (rows) => 1 - falseShare(rows))
  const worstBy = (sources: readonly string[], leastMatches: number) => {
    const worst = worstSource(sources, byMatch, falseShare, leastMatches)
    return worst && { source: worst.source, value: 1 - worst.value }
  }
  return {
    n: picked.length,
    metrics: {
      checked: picked.length,
      true: right,
      allChecked: pool.length,
      allTrueShare: pool.length === 0 ? 0 : allRight / pool.length,
      matches,
      kinds: new Set(pool.map(({ kind }) => kind)).size,
    },
    intervals: {
      trueShare: rangeOf(wilsonInterval(right, picked.length)),
      ...(matches < 2 ? {} : { allTrueShare: rangeOf(all) }),
    },
    worst: worstOf({
      trueShareOfKind: worstBy(
        pool.map(({ kind }) => kind),
        Math.min(10, matches),
      ),
      trueShareOfMatch: worstBy(byMatch, 1),
    }),
    sources: Object.fromEntries(
      [...Map.groupBy(pool, ({ format }) => format)].map(([format, of]) => [
        format,
        { allChecked: of.length, allTrueShare: of.filter(({ isTrue }) => isTrue).length / of.length },
      ]),
    ),
    failures: pool
      .filter(({ isTrue }) => !isTrue)
      .slice(0, 40)
      .map(({ what }) => what),
  }
}
