import { InvalidInputError } from '@heavylift/core'
import { isMultivariant, readMediaPlaylist } from './media-playlist.ts'
import type { MediaPlaylist } from './media-playlist.ts'
import { renditionsOf } from './multivariant.ts'
import type { VideoOrigin } from './video-origin.ts'

/** A stream as it is now. */
export interface HlsStream {
  url: string
  /** The multivariant playlist; null where the stream is a single media playlist. */
  multivariant: string | null
  /** Addresses of the renditions' playlists. */
  renditions: string[]
  /** Number of the rendition that a recap is chosen by: the first with pictures. */
  main: number
}

export async function openStream(origin: VideoOrigin, url: string): Promise<HlsStream> {
  const text = await origin.playlist(url)
  if (!isMultivariant(text)) return { url, multivariant: null, renditions: [url], main: 0 }
  const renditions = renditionsOf(text, url)
  return {
    url,
    multivariant: text,
    renditions: renditions.map(({ uri }) => uri),
    main: Math.max(
      0,
      renditions.findIndex(({ isVariant }) => isVariant),
    ),
  }
}

/** Throws an `InvalidInputError` (`rendition-unknown`) besides what reading a playlist throws. */
export async function readRendition(
  origin: VideoOrigin,
  stream: HlsStream,
  rendition: number,
): Promise<MediaPlaylist> {
  const url = stream.renditions[rendition]
  if (url === undefined)
    throw new InvalidInputError({
      code: 'rendition-unknown',
      message: `The stream has no rendition ${rendition}. Ask for the recap without one.`,
    })
  return readMediaPlaylist(await origin.playlist(url), url)
}
