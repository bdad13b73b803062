import type { Match } from '../../src/domain/match.ts'
import type { Tag } from '../../src/domain/tag.ts'

/**
 * The score and what happens as ASS subtitles, on a picture of 320 × 180: what a game without cameras looks like. `fromMs`
 * is the time of the first picture.
 */
export function scoreboard(match: Match, tags: readonly Tag[], fromMs: number, toMs: number): string {
  const told = tags
    .filter((tag) => tag.endMs > fromMs && tag.startMs < toMs && tag.importance >= 0.06)
    .toSorted((a, b) => a.startMs - b.startMs)
  const lines = told.flatMap((tag, at) => {
    const untilMs = told[at + 1]?.startMs ?? toMs
    const times = (endMs: number) => `${assTime(tag.startMs - fromMs)},${assTime(endMs - fromMs)}`
    const score =
      tag.homeScore === null || match.home === null || match.away === null
        ? ''
        : `${match.away.abbreviation} ${tag.awayScore}   ${match.home.abbreviation} ${tag.homeScore}`
    return [
      `Dialogue: 0,${times(untilMs)},Score,,0,0,0,,${plain(`${score}   ${clockOf(tag)}`)}`,
      `Dialogue: 1,${times(Math.min(tag.endMs, untilMs))},Text,,0,0,0,,${plain(tag.text)}`,
    ]
  })
  return [
    '[Script Info]',
    'ScriptType: v4.00+',
    'PlayResX: 320',
    'PlayResY: 180',
    '[V4+ Styles]',
    'Format: Name, Fontname, Fontsize, PrimaryColour, Alignment, MarginL, MarginR, MarginV',
    'Style: Score,DejaVu Sans,18,&H00FFFFFF,5,8,8,8',
    // At the top: captions of the player are at the bottom.
    'Style: Text,DejaVu Sans,12,&H00C0FFFF,8,8,8,32',
    '[Events]',
    'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
    ...lines,
    '',
  ].join('\n')
}

const clockOf = ({ game }: Tag): string => {
  if (game === null) return ''
  const seconds = Math.floor(game.secondsLeft)
  return `P${game.period} ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** Text without ASS markup. */
const plain = (text: string): string => text.replaceAll(/[{}\\\r\n]/g, ' ')

function assTime(ms: number): string {
  const hundredths = Math.max(0, Math.round(ms / 10))
  const two = (value: number) => String(value).padStart(2, '0')
  const seconds = Math.floor(hundredths / 100)
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${two(hundredths % 100)}`
}
