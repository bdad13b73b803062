import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { feedFormats } from '../feeds/formats.ts'
import { readMatches } from '../learn/read-matches.ts'
import { recapCaptions } from '../recap/captions.ts'
import { hearMatch } from '../recap/hear-match.ts'
import type { HeardMatch } from '../recap/hear-match.ts'
import { joinCuts } from '../recap/mp4/join-cuts.ts'
import { readRecording } from '../recap/mp4/key-frames.ts'
import { selectRecap } from '../recap/select-recap.ts'

/** `heavylift live recap RECORDING`: the recap of a recorded match as MP4, without a server. */
export async function runRecap(input: CommandInput): Promise<unknown> {
  const { args, options, print, report, signal } = input
  const startMs = Date.parse(String(options['start']))
  const seconds = Number(options['seconds'] ?? 120)
  if (Number.isNaN(startMs) || !(seconds >= 1))
    throw new InvalidInputError({
      code: 'option-invalid',
      message: 'Say when the recording begins, such as --start 2026-01-01T18:00:00Z, and --seconds above 0.',
    })
  const heard = await hearFeed(input)
  const path = resolve(args['recording'] ?? '')
  const { pieces, zeroMs } = await readRecording(path, startMs, signal)
  const recap = selectRecap(heard.tags, heard.chances, pieces, { budgetMs: seconds * 1_000 })
  const out = resolve(typeof options['out'] === 'string' ? options['out'] : 'recap.mp4')
  const dir = await mkdtemp(join(tmpdir(), 'heavylift-recap-'))
  const total = recap.durationMs / 1_000
  try {
    await joinCuts(
      recap.cuts.map(({ startMs: fromMs, endMs }) => ({
        path,
        durationMs: endMs - fromMs,
        within: { fromSeconds: (fromMs - zeroMs) / 1_000, toSeconds: (endMs - zeroMs) / 1_000 },
      })),
      {
        dir,
        out,
        captions: recapCaptions(heard.match, recap.moments),
        signal,
        onSeconds: (done) => report({ stage: 'joining', done, total, unit: 'seconds' }),
      },
    )
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
  for (const { fromMs, text, reasons } of recap.moments)
    print(`${(fromMs / 1_000).toFixed(1).padStart(7)} s  ${text} (${reasons.join(', ')})`)
  print(`${out}  ${total.toFixed(1)} s in ${recap.cuts.length} cuts`)
  return { file: out, ...recap }
}

async function hearFeed({ options, report, signal }: CommandInput): Promise<HeardMatch> {
  const file = options['feed']
  if (typeof file !== 'string')
    throw new InvalidInputError({
      code: 'option-invalid',
      message: 'Name a feed of the match by --feed FILE.',
    })
  for await (const { events } of readMatches({ paths: [file], formats: feedFormats, report, signal })) {
    const heard = hearMatch(events)
    if (heard) return heard
  }
  throw new InvalidInputError({ code: 'feed-empty', message: `${file} holds no match.` })
}
