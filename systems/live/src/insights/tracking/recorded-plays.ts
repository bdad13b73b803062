import { basename } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { FeedEvent } from '../../domain/feed-event.ts'
import { nflTracking } from '../../feeds/nfl-tracking.ts'
import { openFeedFile } from '../../feeds/open-feed-file.ts'
import { readRows, textOf } from '../../feeds/read-source.ts'
import { dataFiles } from '../../learn/training-data.ts'

/** A tracked play from snap to whistle, with what charting says of it; null where nothing does. */
export interface RecordedPlay {
  matchId: string
  start: FeedEvent & { kind: 'nfl-play-start' }
  frames: (FeedEvent & { kind: 'nfl-frame' })[]
  play: FeedEvent & { kind: 'nfl-play' }
  chart: Chart
}

export interface Chart {
  isMan: boolean | null
  /** e.g. `COVER_3`. */
  scheme: string | null
  wasPressure: boolean | null
}

/** Name of the file with charted labels: columns `old_game_id`, `play_id`, `man_zone`, `coverage`, `was_pressure`. */
const labelsName = 'labels.csv'

/** Tracking files of a folder, and its labels file if there is one, in order of their paths. */
export async function trackingFiles(dataDir: string): Promise<{ tracking: string[]; labels: string[] }> {
  const paths = await dataFiles(dataDir)
  const tracking: string[] = []
  for (const path of paths) {
    if (basename(path) === labelsName) continue
    for await (const head of openFeedFile(path)) {
      if (nflTracking.recognise(basename(path), head) > 0) tracking.push(path)
      break
    }
  }
  if (tracking.length === 0)
    throw new InvalidInputError({
      code: 'data-missing',
      message: `There is no player tracking in ${dataDir}: give a folder of NGS or Big Data Bowl files by --data.`,
    })
  return { tracking, labels: paths.filter((path) => basename(path) === labelsName) }
}

/** Every play of a folder with its chart. Rows that cannot be read are left out. */
export async function readPlays(dataDir: string, signal: AbortSignal): Promise<RecordedPlay[]> {
  const files = await trackingFiles(dataDir)
  const charts = new Map<string, Chart>()
  for (const path of files.labels) await readCharts(path, charts, signal)
  const plays: RecordedPlay[] = []
  for (const path of files.tracking) {
    let start: RecordedPlay['start'] | null = null
    let frames: RecordedPlay['frames'] = []
    const options = { name: basename(path), matchId: null, signal }
    for await (const item of nflTracking.parse(openFeedFile(path), options)) {
      if ('reject' in item) continue
      const { event } = item
      if (event.kind === 'nfl-play-start') {
        start = event
        frames = []
      } else if (event.kind === 'nfl-frame') frames.push(event)
      else if (event.kind === 'nfl-play' && start !== null) {
        const { matchId } = event
        const chart = charts.get(`${matchId} ${event.situation.playId}`)
        plays.push({
          matchId,
          start,
          frames,
          play: event,
          chart: chart ?? { isMan: null, scheme: null, wasPressure: null },
        })
      }
    }
  }
  return plays
}

async function readCharts(path: string, charts: Map<string, Chart>, signal: AbortSignal): Promise<void> {
  for await (const row of readRows(openFeedFile(path), 'csv', signal)) {
    if (!('fields' in row)) continue
    const { fields } = row
    const manZone = textOf(fields['man_zone'])
    const pressure = textOf(fields['was_pressure']).toLowerCase()
    charts.set(`${textOf(fields['old_game_id'])} ${textOf(fields['play_id'])}`, {
      isMan: manZone === '' ? null : manZone === 'MAN_COVERAGE',
      scheme: textOf(fields['coverage']) || null,
      wasPressure: pressure === '' ? null : pressure === 'true' || pressure === '1',
    })
  }
}
