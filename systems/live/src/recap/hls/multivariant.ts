import { readAttributes, unquoted, withAbsoluteUri, writeAttributes } from './attributes.ts'

/** Addresses of all renditions of a multivariant playlist in their order: variants, and audio or subtitles beside them. */
export function renditionsOf(text: string, url: string): { uri: string; isVariant: boolean }[] {
  const renditions: { uri: string; isVariant: boolean }[] = []
  mapRenditions(text, url, (uri, _, isVariant) => {
    renditions.push({ uri, isVariant })
    return uri
  })
  return renditions
}

/**
 * A multivariant playlist whose renditions lead elsewhere: `rewrite` is called with the absolute address and the number of
 * each, and whether it is a variant. Playlists of key frames (trick play) are left out, since they would not fit; keys and data become absolute.
 */
export function mapRenditions(
  text: string,
  url: string,
  rewrite: (uri: string, rendition: number, isVariant: boolean) => string,
): string {
  let rendition = 0
  const lines: string[] = []
  for (const line of text.split(/\r?\n/).map((each) => each.trim())) {
    if (line === '' || line.startsWith('#EXT-X-I-FRAME-STREAM-INF:')) continue
    const [, tag = '', value = ''] = /^#(EXT-X-[A-Z-]+):(.*)$/.exec(line) ?? []
    const attributes = readAttributes(value)
    const uri = attributes.get('URI')
    if (tag === 'EXT-X-MEDIA' && uri !== undefined) {
      const to = rewrite(new URL(unquoted(uri), url).href, rendition++, false)
      lines.push(`#${tag}:${writeAttributes(new Map(attributes).set('URI', `"${to}"`))}`)
    } else if (uri !== undefined && tag.startsWith('EXT-X-SESSION'))
      lines.push(`#${tag}:${writeAttributes(withAbsoluteUri(attributes, url))}`)
    else if (line.startsWith('#')) lines.push(line)
    else lines.push(rewrite(new URL(line, url).href, rendition++, true))
  }
  return [...lines, ''].join('\n')
}

/** A multivariant playlist of one rendition, for a stream that has but one. @param attributes of EXT-X-STREAM-INF */
export const singleVariant = (uri: string, attributes: string): string =>
  ['#EXTM3U', `#EXT-X-STREAM-INF:${attributes}`, uri, ''].join('\n')
