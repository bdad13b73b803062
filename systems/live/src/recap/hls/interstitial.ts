/** How a recap is laid into a live playlist as an interstitial (HLS 2nd edition, appendix D). */
export interface Interstitial {
  id: string
  /** Absolute address of the recap's playlist. */
  assetUri: string
  /** When the viewer joined. */
  startMs: number
  durationMs: number
  /** `join`: the live stream goes on where the viewer joined; `edge`: as late as it is by then. */
  resume: 'join' | 'edge'
  /** What the viewer may not do during the recap. */
  restrict: readonly ('SKIP' | 'JUMP')[]
}

/** The live playlist as it is, its addresses made absolute, with the recap as an interstitial that plays before it, once. */
export function withInterstitial(text: string, url: string, interstitial: Interstitial): string {
  const { id, assetUri, startMs, durationMs, resume, restrict } = interstitial
  const attributes = [
    `ID="${id}"`,
    'CLASS="com.apple.hls.interstitial"',
    `START-DATE="${new Date(startMs).toISOString()}"`,
    `DURATION=${(durationMs / 1000).toFixed(3)}`,
    'CUE="PRE,ONCE"',
    `X-ASSET-URI="${assetUri}"`,
    // Without an offset a live stream is resumed as much later as the interstitial took.
    ...(resume === 'join' ? ['X-RESUME-OFFSET=0'] : []),
    ...(restrict.length > 0 ? [`X-RESTRICT="${restrict.join(',')}"`] : []),
  ]
  const range = `#EXT-X-DATERANGE:${attributes.join(',')}`
  const lines = text.split(/\r?\n/).map((line) => absoluteLine(line, url))
  const firstSegment = lines.findIndex((line) => line.startsWith('#EXTINF:'))
  return lines.toSpliced(firstSegment === -1 ? lines.length : firstSegment, 0, range).join('\n')
}

/** A line of a playlist with its address, or its URI attribute, made absolute. */
function absoluteLine(line: string, url: string): string {
  if (line.startsWith('#'))
    return line.replace(
      /([:,]URI=)"([^"]*)"/,
      (_, name: string, uri: string) => `${name}"${new URL(uri, url).href}"`,
    )
  return line.trim() === '' ? line : new URL(line.trim(), url).href
}
