import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import type { StaticFiles } from '@heavylift/core'
import type { RequestState } from '../http/request-state.ts'
import { respond } from '../http/respond.ts'

const contentTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mp4': 'video/mp4',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

/** Where Vite puts files with a hash of their content in the name (`assets/index-BzX3kq9a.js`): they never change. */
const hashedPath = /\/assets\/[^/]+-[A-Za-z0-9_-]{8}\.[a-z0-9]+$/

/** Answers a GET or HEAD of what is no API call; null when there is no such file. */
export type ServePages = (request: Request, state: RequestState) => Promise<Response | null>

/**
 * Serves folders: the file that a path names, else `index.html` where a page is asked for. Returns null when no folder
 * has an answer. Nothing outside a folder is ever sent, through `..` or through a link.
 */
export function servePages(folders: () => StaticFiles[]): ServePages {
  return async (request, state) => {
    const pathname = decodePath(state.path)
    if (pathname === null) return null
    // The longest mount wins, so that `/store/` goes before `/`.
    const folder = folders()
      .filter(({ mount }) => pathname.startsWith(mount) || `${pathname}/` === mount)
      .toSorted((a, b) => b.mount.length - a.mount.length)[0]
    if (!folder) return null
    if (`${pathname}/` === folder.mount) {
      return respond(state, null, 308, { location: folder.mount })
    }
    const file = await fileBelow(folder.dir, pathname.slice(folder.mount.length))
    if (file) return sendFile(request, state, file, folder)
    // A missing script must not come back as a page.
    const wantsPage =
      path.extname(pathname) === '' || (request.headers.get('accept') ?? '').includes('text/html')
    const index = wantsPage ? await fileBelow(folder.dir, 'index.html') : null
    return index ? sendFile(request, state, index, folder) : null
  }
}

function decodePath(pathname: string): string | null {
  try {
    const decoded = decodeURIComponent(pathname)
    return decoded.includes('\0') || decoded.includes('\\') ? null : decoded
  } catch {
    return null
  }
}

interface FoundFile {
  path: string
  bytes: number
  modifiedMs: number
}

async function fileBelow(dir: string, name: string): Promise<FoundFile | null> {
  const wanted = path.resolve(dir, name === '' ? 'index.html' : `./${name}`)
  try {
    const [root, real] = await Promise.all([realpath(dir), realpath(wanted)])
    if (!real.startsWith(root + path.sep)) return null
    const stats = await stat(real)
    return stats.isFile() ? { path: real, bytes: stats.size, modifiedMs: stats.mtimeMs } : null
  } catch {
    return null
  }
}

async function sendFile(
  request: Request,
  state: RequestState,
  file: FoundFile,
  folder: StaticFiles,
): Promise<Response> {
  const extension = path.extname(file.path).toLowerCase()
  const etag = `"${file.bytes.toString(36)}-${Math.round(file.modifiedMs).toString(36)}"`
  const headers: Record<string, string> = {
    'content-type': contentTypes[extension] ?? 'application/octet-stream',
    'cache-control': hashedPath.test(file.path) ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag,
  }
  if (folder.isShared) {
    headers['access-control-allow-origin'] = '*'
    headers['cross-origin-resource-policy'] = 'cross-origin'
  }
  if (extension === '.html') await addPagePolicy(headers, file, folder.connectSources ?? [])
  const known = (request.headers.get('if-none-match') ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
  if (known.includes(etag)) return respond(state, null, 304, headers)
  headers['content-length'] = String(file.bytes)
  if (request.method === 'HEAD') return respond(state, null, 200, headers)
  return respond(
    state,
    Readable.toWeb(createReadStream(file.path)) as ReadableStream<Uint8Array>,
    200,
    headers,
  )
}

/** By path, modification time and sources. */
const policies = new Map<string, string>()

/** Scripts run only from our own files and as the inline ones that this very page holds, by their hashes. */
async function addPagePolicy(
  headers: Record<string, string>,
  file: FoundFile,
  connectSources: readonly string[],
): Promise<void> {
  const key = [file.path, file.modifiedMs, ...connectSources].join(' ')
  let policy = policies.get(key)
  if (policy === undefined) {
    policy = pagePolicy(await readFile(file.path, 'utf8'), connectSources)
    if (policies.size > 100) policies.clear()
    policies.set(key, policy)
  }
  headers['content-security-policy'] = policy
  headers['cross-origin-opener-policy'] = 'same-origin'
}

/** The content security policy of a page of ours. Component libraries set styles inline, hence `unsafe-inline` there only. */
export function pagePolicy(html: string, connectSources: readonly string[] = []): string {
  const hashes = Array.from(
    html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/gi),
    ([, source]) => {
      const digest = createHash('sha256')
        .update(source ?? '')
        .digest('base64')
      return ` 'sha256-${digest}'`
    },
  )
  return [
    "default-src 'self'",
    `script-src 'self'${[...new Set(hashes)].join('')}`,
    "style-src 'self' 'unsafe-inline'",
    // Pictures of an imported feed come through our own origin too, so that no third host sees who looks.
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self' data:",
    ["connect-src 'self'", ...connectSources].join(' '),
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join('; ')
}
