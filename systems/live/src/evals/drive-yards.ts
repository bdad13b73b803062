import { basename } from 'node:path'
import type { MeasureInput } from '@heavylift/core'
import { wilsonInterval } from '@heavylift/core/math'
import { feedFileHead } from '../feeds/open-feed-file.ts'
import { nflPlayFormats } from '../feeds/nfl/play-formats.ts'
import { rules } from '../insights/registry.ts'
import { seasonOf } from '../insights/winning/team-strength.ts'
import { readMatches } from '../learn/read-matches.ts'
import { dataFiles } from '../learn/training-data.ts'
import { worstOf, worstSource } from '../learn/worst-source.ts'
import { replayMatch } from '../pipeline/replay-match.ts'
import { rangeOf } from './probability-metrics.ts'
import { requireData } from './require-data.ts'
import { rawText } from './statements/raw-files.ts'
import { rawReaders } from './statements/raw-readers.ts'

/** Yards that a drive's end says; null where it says none. */
const yardsSaid = (text: string): number | null => {
  const found = /, (-?\d+) yards?\.$/.exec(text)
  return found ? Number(found[1]) : null
}

/**
 * Yards of drives as they are said, against the feed's own summary of the drive, read by a reader that shares no code with the pipeline.
 * `equal`: share of the drives that ended with points; `equalAll`: of all whose yards are said.
 */
export async function measureDriveYards({ dataDir, report, signal }: MeasureInput) {
  const drives: {
    season: string
    format: string
    game: string
    isScore: boolean
    isEqual: boolean
    what: string
  }[] = []
  let scoring = 0
  for (const path of await dataFiles(requireData(dataDir, 'NFL play-by-play'))) {
    signal.throwIfAborted()
    const head = await feedFileHead(path)
    const reader = rawReaders.find(
      ([format]) => nflPlayFormats.includes(format) && format.recognise(basename(path), head) === 1,
    )
    if (reader === undefined) continue
    const [format, readRaw] = reader
    const raw = new Map(readRaw(await rawText(path), basename(path)).map((game) => [game.id, game]))
    for await (const { matchId, events, startMs } of readMatches({
      paths: [path],
      formats: [format],
      report,
      signal,
    })) {
      const rows = new Map(raw.get(matchId)?.rows.map((row) => [row.id, row]))
      for (const { output } of replayMatch(events, rules)) {
        if (output.type !== 'tag' || !output.tag.type.startsWith('drive.end')) continue
        const { type, text, occasion } = output.tag
        const told = rows.get(occasion)?.drive?.yards ?? null
        const said = yardsSaid(text)
        const isScore = type === 'drive.end.score'
        if (isScore && told !== null) scoring++
        if (told === null || said === null) continue
        const what = `${matchId} ${occasion}: ${text} The feed: ${told}.`
        drives.push({
          season: seasonOf(startMs),
          format: format.name,
          game: matchId,
          isScore,
          isEqual: said === told,
          what,
        })
      }
    }
  }
  const share = (of: readonly { isEqual: boolean }[]) =>
    of.filter(({ isEqual }) => isEqual).length / of.length
  const scores = drives.filter(({ isScore }) => isScore)
  const worst = worstSource(
    scores.map(({ season }) => season),
    scores.map(({ game }) => game),
    (rows) => 1 - share(Array.from(rows, (row) => scores[row]!)),
  )
  return {
    n: scores.length,
    metrics: {
      equal: share(scores),
      told: scores.length / scoring,
      equalAll: share(drives),
      drives: drives.length,
    },
    intervals: {
      equal: rangeOf(wilsonInterval(scores.filter(({ isEqual }) => isEqual).length, scores.length)),
    },
    worst: worstOf({ equalOfSeason: worst && { source: worst.source, value: 1 - worst.value } }),
    sources: Object.fromEntries(
      [...Map.groupBy(scores, ({ format }) => format)].map(([name, of]) => [
        name,
        { n: of.length, equal: share(of) },
      ]),
    ),
    failures: drives
      .filter(({ isEqual }) => !isEqual)
      .slice(0, 40)
      .map(({ what }) => what),
  }
}
