import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Match } from '../../src/domain/match.ts'
import type { Tag } from '../../src/domain/tag.ts'
import { readMediaPlaylist } from '../../src/recap/hls/media-playlist.ts'
import { runFfmpeg } from '../../src/recap/mp4/run-ffmpeg.ts'
import { scoreboard } from './scoreboard.ts'

export interface DemoVideoOptions {
  match: Match
  tags: readonly Tag[]
  /** Event time of the first and of the last picture. */
  fromMs: number
  toMs: number
  /** Folder that gets `live.m3u8` and its segments; it is there. */
  dir: string
  segments: 'ts' | 'fmp4'
  signal: AbortSignal
  onSeconds?: (seconds: number) => void
}

const framesPerSecond = 10
const segmentSeconds = 2

/**
 * Renders a scoreboard with what happens, and a tone, as an HLS stream of two-second segments, faster than it plays. The
 * stream's EXT-X-PROGRAM-DATE-TIME begins with the wall time of rendering, which is returned (milliseconds since the epoch) and
 * which a match's `offsetMs` makes good for.
 */
export async function renderDemoVideo(options: DemoVideoOptions): Promise<number> {
  const { match, tags, fromMs, toMs, dir, segments, signal, onSeconds } = options
  const board = join(dir, 'board.ass')
  await writeFile(board, scoreboard(match, tags, fromMs, toMs))
  const clock = `drawtext=text='%{pts\\:gmtime\\:${Math.floor(fromMs / 1000)}\\:%H\\\\\\:%M\\\\\\:%S}':fontsize=14:fontcolor=white:x=8:y=8`
  const filters = `${clock},ass=filename='${board.replaceAll('\\', '/').replaceAll(':', '\\:')}'`
  const seconds = (toMs - fromMs) / 1000
  const pictures = ['-f', 'lavfi', '-i', `color=c=0x203040:s=320x180:r=${framesPerSecond}:d=${seconds}`]
  const tone = ['-f', 'lavfi', '-i', `sine=frequency=330:sample_rate=22050:duration=${seconds}`]
  const video = [
    ['-vf', filters, '-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-threads', '1'],
    ['-pix_fmt', 'yuv420p', '-profile:v', 'baseline'],
    // A key frame at each segment's start and nowhere else.
    ['-g', String(framesPerSecond * segmentSeconds), '-sc_threshold', '0'],
  ].flat()
  const audio = ['-c:a', 'aac', '-b:a', '24k', '-ac', '1']
  const hls = [
    ['-f', 'hls', '-hls_time', String(segmentSeconds), '-hls_playlist_type', 'event'],
    ['-hls_flags', 'program_date_time+independent_segments'],
    segments === 'fmp4' ? ['-hls_segment_type', 'fmp4'] : [],
    ['-hls_segment_filename', join(dir, segments === 'fmp4' ? 'seg%05d.m4s' : 'seg%05d.ts')],
  ].flat()
  await runFfmpeg([...pictures, ...tone, ...video, ...audio, ...hls, join(dir, 'live.m3u8')], {
    signal,
    ...(onSeconds ? { onSeconds } : {}),
  })
  const text = await readFile(join(dir, 'live.m3u8'), 'utf8')
  return readMediaPlaylist(text, 'file:///live.m3u8').segments[0]?.startMs ?? NaN
}
