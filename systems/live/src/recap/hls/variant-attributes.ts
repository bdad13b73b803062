import { spawn } from 'node:child_process'
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { confined } from '../mp4/run-ffmpeg.ts'
import { decryptSegment } from '../mp4/decrypt-segment.ts'
import { checkSegment } from '../mp4/segment-format.ts'
import { readAttributes, unquoted } from './attributes.ts'
import type { MediaPlaylist } from './media-playlist.ts'
import type { VideoOrigin } from './video-origin.ts'

/** Where nothing is known of it; a multivariant playlist has to say something. */
const unknownBandwidth = 2_000_000
const probeMs = 10_000

const probed = z.object({
  streams: z.array(
    z.object({
      codec_type: z.string(),
      codec_name: z.string().optional(),
      profile: z.string().optional(),
      level: z.number().optional(),
      width: z.number().optional(),
      height: z.number().optional(),
    }),
  ),
})
type Probed = z.infer<typeof probed>['streams'][number]

/**
 * What EXT-X-STREAM-INF says of a stream that has only a media playlist: BANDWIDTH and, where ffprobe can tell from its first segment,
 * RESOLUTION and CODECS (RFC 8216, 4.3.4.2; RFC 6381). Never throws: a stream plays without them too.
 */
export async function variantAttributes(
  { segments }: MediaPlaylist,
  origin: Pick<VideoOrigin, 'bytes' | 'read'>,
): Promise<string> {
  const segment = segments.find(({ isGap }) => !isGap)
  if (segment === undefined) return `BANDWIDTH=${unknownBandwidth}`
  const ending = AbortSignal.timeout(probeMs)
  const parts: Uint8Array[] = []
  try {
    const map = segment.map === null ? null : readAttributes(segment.map)
    if (map !== null) {
      const range = map.get('BYTERANGE')
      parts.push(
        await origin.bytes(
          unquoted(map.get('URI') ?? ''),
          range === undefined ? null : unquoted(range),
          ending,
        ),
      )
    }
    await origin.read(segment.uri, segment.byterange, ending, async (chunks) => {
      const plain = decryptSegment(chunks, segment.key, (uri) => origin.bytes(uri, null, ending))
      for await (const chunk of checkSegment(plain, map === null ? 'mpegts' : 'mp4')) parts.push(chunk)
    })
    const bits = 8 * parts.reduce((sum, { byteLength }) => sum + byteLength, 0)
    const bandwidth = Math.max(1, Math.round(bits / (segment.durationMs / 1_000)))
    const streams = await probe(parts, map === null ? 'mpegts' : 'mp4', ending)
    return describeVariant(bandwidth, streams)
  } catch {
    return `BANDWIDTH=${unknownBandwidth}`
  }
}

/** Attributes of a variant with these streams; one codec whose name is not known leaves CODECS out, since it has to name all. */
export function describeVariant(bandwidth: number, streams: readonly Probed[]): string {
  const seen = streams.filter(({ codec_type: type }) => type === 'video' || type === 'audio')
  const codecs = seen.map(codecName)
  const { width, height } = seen.find(({ codec_type: type }) => type === 'video') ?? {}
  return [
    `BANDWIDTH=${bandwidth}`,
    ...(width === undefined || height === undefined ? [] : [`RESOLUTION=${width}x${height}`]),
    ...(codecs.length === 0 || codecs.includes(null) ? [] : [`CODECS="${codecs.join(',')}"`]),
  ].join(',')
}

/** `profile_idc` and the constraint flags of H.264, as ffprobe names the profile (ITU-T H.264, A.2). */
const avcProfiles: Record<string, string> = {
  'Constrained Baseline': '42e0',
  Baseline: '4200',
  Main: '4d40',
  Extended: '5800',
  High: '6400',
  'High 10': '6e00',
  'High 4:2:2': '7a00',
}
const audioCodecs: Record<string, string> = {
  mp3: 'mp4a.40.34',
  ac3: 'ac-3',
  eac3: 'ec-3',
  opus: 'Opus',
  flac: 'fLaC',
}

function codecName({ codec_name: name = '', profile = '', level = 0 }: Probed): string | null {
  if (name === 'h264' && avcProfiles[profile] !== undefined)
    return `avc1.${avcProfiles[profile]}${level.toString(16).padStart(2, '0')}`
  if (name === 'hevc' && (profile === 'Main' || profile === 'Main 10'))
    return `hvc1.${profile === 'Main' ? '1.6' : '2.4'}.L${level}.B0`
  if (name === 'aac') return profile === 'HE-AAC' ? 'mp4a.40.5' : profile === 'LC' ? 'mp4a.40.2' : null
  return audioCodecs[name] ?? null
}

async function probe(parts: readonly Uint8Array[], format: string, signal: AbortSignal): Promise<Probed[]> {
  const shown = 'stream=codec_type,codec_name,profile,level,width,height'
  const input = [
    ...confined(format === 'mp4' ? 'mov,mp4' : format).with(1, 'pipe'),
    '-f',
    format,
    '-i',
    'pipe:0',
  ]
  const child = spawn('ffprobe', ['-v', 'error', '-show_entries', shown, '-of', 'json', ...input], {
    stdio: ['pipe', 'pipe', 'ignore'],
    signal,
    killSignal: 'SIGKILL',
  })
  // ffprobe stops reading once it knows.
  const writing = pipeline(Readable.from(parts), child.stdin).catch(() => undefined)
  const failed = new Promise<never>((_, reject) => child.once('error', reject))
  const text = Array.fromAsync(child.stdout as AsyncIterable<Buffer>).then((chunks) =>
    Buffer.concat(chunks).toString(),
  )
  const { streams } = probed.parse(JSON.parse(await Promise.race([text, failed])))
  await writing
  return streams
}
