import { unescapeHtml } from '@heavylift/core/text'

/** A file that a Python index offers. */
export interface IndexFile {
  fileName: string
  /** Absolute. */
  url: string
  /** Lower-case hex; null when the index names none. */
  sha256: string | null
}

/** What is asked for: JSON first (PEP 691), HTML (PEP 503) from older indexes. */
export const indexAccept =
  'application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1'

/** The files on a project's page of a simple index, in either of its two forms. `pageUrl` resolves relative links. */
export function parseIndexPage(body: string, contentType: string, pageUrl: string): IndexFile[] {
  return contentType.includes('json') ? parseJson(body, pageUrl) : parseHtml(body, pageUrl)
}

function parseJson(body: string, pageUrl: string): IndexFile[] {
  const page: unknown = JSON.parse(body)
  const files = (page as { files?: unknown }).files
  if (!Array.isArray(files)) return []
  return files.flatMap((file: { filename?: unknown; url?: unknown; hashes?: { sha256?: unknown } }) => {
    const url = typeof file.url === 'string' ? URL.parse(file.url, pageUrl) : null
    if (typeof file.filename !== 'string' || url === null) return []
    const sha256 = file.hashes?.sha256
    return [
      {
        fileName: file.filename,
        url: url.href,
        sha256: typeof sha256 === 'string' ? sha256.toLowerCase() : null,
      },
    ]
  })
}

/** PEP 503: anchors whose fragment holds the hash. Attribute values are all that is read, so no HTML parser is needed. */
function parseHtml(body: string, pageUrl: string): IndexFile[] {
  const base = /<base\s[^>]*href\s*=\s*["']([^"']+)["']/i.exec(body)?.[1]
  const root = base === undefined ? pageUrl : (URL.parse(unescapeHtml(base), pageUrl)?.href ?? pageUrl)
  const files: IndexFile[] = []
  for (const [, href = ''] of body.matchAll(/<a\s[^>]*?href\s*=\s*["']([^"']+)["']/gi)) {
    const url = URL.parse(unescapeHtml(href), root)
    if (url === null) continue
    const sha256 = /sha256=([0-9a-f]{64})/i.exec(url.hash)?.[1]?.toLowerCase() ?? null
    url.hash = ''
    const fileName = decodeURIComponent(url.pathname.split('/').at(-1) ?? '')
    if (fileName !== '') files.push({ fileName, url: url.href, sha256 })
  }
  return files
}

/** The wheel of exactly this version with these compatibility tags (by default one that fits any machine), or null. */
export function findWheel(
  files: readonly IndexFile[],
  project: string,
  version: string,
  tags = 'none-any',
): IndexFile | null {
  const start = `${normalised(project)}-${version}-`
  return (
    files.find(({ fileName }) => {
      const [name = '', ...rest] = fileName.split('-')
      return `${normalised(name)}-${rest.join('-')}`.startsWith(start) && fileName.endsWith(`-${tags}.whl`)
    }) ?? null
  )
}

/** PEP 503: one spelling for a project's name; wheels write it with underscores. */
function normalised(name: string): string {
  return name.replaceAll(/[-_.]+/g, '_').toLowerCase()
}
