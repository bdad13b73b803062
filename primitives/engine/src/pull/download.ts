import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import type { ReportProgress } from '@heavylift/core'
import type { Outbound, OutboundAnswer } from './outbound.ts'
import { explainFileError, PullError } from './pull-error.ts'

export interface Download {
  url: string
  /** Where the whole file ends up. What came so far is beside it as `<to>.part`. */
  to: string
  /** Lower-case hex; null takes the hash that the hub's answer names, if any. */
  sha256: string | null
  headers?: Record<string, string>
  outbound: Outbound
  report: ReportProgress
  signal: AbortSignal
  /** Shown with the progress. */
  label: string
}

/** Connections that break are taken up again so often without a byte of progress. */
const attemptsWithoutProgress = 4

/**
 * Fetches a file, going on where an earlier attempt stopped (`Range` with `If-Range`). The file appears under its name
 * only when it is whole and its hash is right. Returns its hash.
 * @throws PullError `model-source-unreachable`, `model-source-refused`, `model-checksum-wrong`, `model-disk-full`.
 */
export async function download(input: Download): Promise<string> {
  const part = `${input.to}.part`
  let failures = 0
  for (;;) {
    const before = await sizeOf(part)
    try {
      const expected = await fetchRest(input, part, before)
      return await checked(input, part, input.sha256 ?? expected)
    } catch (error) {
      input.signal.throwIfAborted()
      const isTransient = error instanceof PullError && error.isRetryable
      if (!isTransient) throw explainFileError(error)
      failures = (await sizeOf(part)) > before ? 1 : failures + 1
      if (failures >= attemptsWithoutProgress) throw error
      await new Promise((resolve) => setTimeout(resolve, 500 * failures))
    }
  }
}

/** Appends what is missing to the part; returns the hash that the hub names, or null. */
async function fetchRest(input: Download, part: string, have: number): Promise<string | null> {
  const { outbound, url, signal } = input
  const tag = have > 0 ? await readFile(`${part}.tag`, 'utf8').catch(() => '') : ''
  const canResume = have > 0 && tag !== ''
  const answer = await outbound.get(url, {
    headers: {
      ...input.headers,
      'accept-encoding': 'identity',
      ...(canResume ? { range: `bytes=${have}-`, 'if-range': tag } : {}),
    },
    signal,
  })
  if (answer.status === 416 && canResume) {
    // Nothing is left to send: the part is whole, which the hash decides.
    await answer.body.dump()
    return hubHash(answer)
  }
  if (answer.status !== 200 && answer.status !== 206) {
    await answer.body.dump()
    throw refused(url, answer.status)
  }
  const start = answer.status === 206 ? have : 0
  const entityTag = answer.headers['etag'] ?? answer.headers['last-modified']
  await writeFile(
    `${part}.tag`,
    typeof entityTag === 'string' && !entityTag.startsWith('W/') ? entityTag : '',
  )
  const length = Number(answer.headers['content-length'] ?? Number.NaN)
  await append(input, answer, part, start, Number.isFinite(length) ? start + length : null)
  return hubHash(answer)
}

async function append(
  { label, report, signal, url }: Download,
  answer: OutboundAnswer,
  part: string,
  start: number,
  total: number | null,
): Promise<void> {
  const file = await open(part, start === 0 ? 'w' : 'a')
  let done = start
  const startedAtMs = performance.now()
  let reportedAtMs = 0
  try {
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      await file.write(chunk)
      done += chunk.length
      const nowMs = performance.now()
      if (nowMs - reportedAtMs < 100) continue
      reportedAtMs = nowMs
      const rate = (done - start) / Math.max(1, nowMs - startedAtMs) / 1000
      report({
        stage: label,
        done,
        unit: 'bytes',
        message: `${rate.toFixed(1)} MB/s`,
        ...(total === null ? {} : { total }),
      })
    }
  } catch (error) {
    signal.throwIfAborted()
    if (isFileError(error)) throw error
    throw cut(url, error)
  } finally {
    await file.close()
  }
  if (total !== null && done < total) throw cut(url)
  report({ stage: label, done, unit: 'bytes', total: total ?? done })
}

async function checked(input: Download, part: string, sha256: string | null): Promise<string> {
  const actual = await hashFile(part, input.signal)
  if (sha256 !== null && actual !== sha256) {
    await rm(part, { force: true })
    await rm(`${part}.tag`, { force: true })
    throw new PullError(
      'model-checksum-wrong',
      `What ${hostOf(input.url)} sent is not the file that was asked for (its SHA-256 differs). It was deleted; run the command again.`,
    )
  }
  await rename(part, input.to)
  await rm(`${part}.tag`, { force: true })
  return actual
}

/** SHA-256 of a file, lower-case hex. */
export async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024, signal })) {
    hash.update(chunk as Buffer)
  }
  return hash.digest('hex')
}

/** The model hub names the file's SHA-256 as the tag of what a redirect leads to. */
function hubHash(answer: OutboundAnswer): string | null {
  for (const { headers } of [...answer.redirects, answer]) {
    const tag = headers['x-linked-etag']
    const hex = typeof tag === 'string' ? /^"?([0-9a-f]{64})"?$/i.exec(tag)?.[1] : undefined
    if (hex !== undefined) return hex.toLowerCase()
  }
  return null
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0
}

function isFileError(error: unknown): boolean {
  const { syscall } = error as NodeJS.ErrnoException
  return syscall === 'write' || syscall === 'open'
}

function cut(url: string, cause?: unknown): PullError {
  return new PullError(
    'model-source-unreachable',
    `${hostOf(url)} broke off. Run the command again: it goes on where it stopped.`,
    cause,
  )
}

function refused(url: string, status: number): PullError {
  const isPassing = status === 408 || status === 429 || status >= 500
  const hint =
    status === 404
      ? 'there is no such file'
      : status === 401 || status === 403
        ? 'access is refused; for a gated model of the hub set HF_TOKEN'
        : 'the request was refused'
  return new PullError(
    isPassing ? 'model-source-unreachable' : 'model-source-refused',
    `${hostOf(url)} answered ${status}: ${isPassing ? 'it is busy or broken; run the command again later' : hint}.`,
  )
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? 'The source'
}
