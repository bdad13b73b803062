import { expect, test } from 'vitest'
import { describeVariant } from '../../src/recap/hls/variant-attributes.ts'

const video = {
  codec_type: 'video',
  codec_name: 'h264',
  profile: 'High',
  level: 40,
  width: 1920,
  height: 1080,
}
const audio = { codec_type: 'audio', codec_name: 'aac', profile: 'LC' }

test('a variant names its size and every codec [LIVE-RECAP-20]', () => {
  expect(describeVariant(5_000_000, [video, audio])).toBe(
    'BANDWIDTH=5000000,RESOLUTION=1920x1080,CODECS="avc1.640028,mp4a.40.2"',
  )
  const hevc = { ...video, codec_name: 'hevc', profile: 'Main 10', level: 120 }
  expect(describeVariant(1, [hevc])).toBe('BANDWIDTH=1,RESOLUTION=1920x1080,CODECS="hvc1.2.4.L120.B0"')
})

test('a codec that has no known name leaves CODECS out, since players take the list for whole [LIVE-RECAP-20]', () => {
  const odd = { ...audio, codec_name: 'vorbis' }
  expect(describeVariant(1, [video, odd])).toBe('BANDWIDTH=1,RESOLUTION=1920x1080')
  expect(describeVariant(1, [])).toBe('BANDWIDTH=1')
})
