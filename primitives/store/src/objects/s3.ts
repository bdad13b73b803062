import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  type CompletedPart,
} from '@aws-sdk/client-s3'
import { away } from '@heavylift/core'
import { checkKey, checkPrefix } from './keys.ts'
import type { Objects } from './objects.ts'
import { cutParts } from './parts.ts'

export interface S3Options {
  bucket: string
  /** Put before every key, ending with `/`; empty for the whole bucket. */
  prefix: string
  /** Null for Amazon's own; else the address of any server that speaks S3, with path-style buckets. */
  endpoint: string | null
  region: string
  /** Null takes them from the environment, a profile, or the machine's role, as every AWS tool does. */
  credentials: { accessKeyId: string; secretAccessKey: string } | null
  /** Most connections at once. Default 50. */
  maxConnections?: number
}

export interface S3Objects extends Objects {
  /** Closes idle connections. */
  close(): void
}

/**
 * Objects in S3. A stream larger than one part is uploaded in parts, so memory holds one part; the object appears when the
 * last has arrived, and a failed upload is aborted. Calls reject with the SDK's error when the bucket refuses them.
 */
export function openS3Objects(options: S3Options): S3Objects {
  const { bucket, prefix } = options
  const maxSockets = options.maxConnections ?? 50
  const client = new S3Client({
    region: options.region,
    ...(options.endpoint === null ? {} : { endpoint: options.endpoint, forcePathStyle: true }),
    ...(options.credentials === null ? {} : { credentials: options.credentials }),
    // Servers other than Amazon's do not know the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 4,
    requestHandler: {
      connectionTimeout: 5_000,
      requestTimeout: 60_000,
      httpAgent: { maxSockets, keepAlive: true },
      httpsAgent: { maxSockets, keepAlive: true },
    },
  })
  const at = (key: string) => {
    checkKey(key)
    return { Bucket: bucket, Key: prefix + key }
  }

  // What the bucket refuses is the caller's to understand; that it does not answer is not.
  client.middlewareStack.add(
    (next) => async (input) =>
      await next(input).catch((error: unknown) => {
        throw isAway(error) ? away('objects', error) : error
      }),
    { step: 'initialize', name: 'heavyliftOutage', priority: 'high' },
  )

  async function putStream(
    target: { Bucket: string; Key: string },
    body: ReadableStream<Uint8Array>,
  ): Promise<{ bytes: number }> {
    const parts = cutParts(body)
    const first = await parts.next()
    const second = await parts.next()
    if (first.done || second.done) {
      const data = first.done ? new Uint8Array() : first.value
      await client.send(new PutObjectCommand({ ...target, Body: data, ContentLength: data.byteLength }))
      return { bytes: data.byteLength }
    }
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(target))
    try {
      let bytes = 0
      const done: CompletedPart[] = []
      const upload = async (data: Uint8Array): Promise<void> => {
        const PartNumber = done.length + 1
        const { ETag } = await client.send(
          new UploadPartCommand({
            ...target,
            UploadId,
            PartNumber,
            Body: data,
            ContentLength: data.byteLength,
          }),
        )
        done.push({ ETag, PartNumber })
        bytes += data.byteLength
      }
      await upload(first.value)
      await upload(second.value)
      for await (const data of parts) await upload(data)
      await client.send(
        new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts: done } }),
      )
      return { bytes }
    } catch (error) {
      // Parts that nobody completes would be kept, and paid for.
      await client.send(new AbortMultipartUploadCommand({ ...target, UploadId })).catch(() => undefined)
      await parts.return(undefined)
      throw error
    }
  }

  return {
    async put(key, body) {
      const target = at(key)
      if (body instanceof ReadableStream) return await putStream(target, body)
      const data = typeof body === 'string' ? new TextEncoder().encode(body) : body
      await client.send(new PutObjectCommand({ ...target, Body: data, ContentLength: data.byteLength }))
      return { bytes: data.byteLength }
    },

    async get(key) {
      const found = await client.send(new GetObjectCommand(at(key))).catch(nullWhenMissing)
      return found === null ? null : (found.Body?.transformToWebStream() ?? new Blob([]).stream())
    },

    async head(key) {
      const found = await client.send(new HeadObjectCommand(at(key))).catch(nullWhenMissing)
      return found === null ? null : { bytes: found.ContentLength ?? 0 }
    },

    async *list(start) {
      checkPrefix(start)
      let token: string | undefined
      do {
        const page = await client.send(
          new ListObjectsV2Command({
            Bucket: bucket,
            Prefix: prefix + start,
            ...(token === undefined ? {} : { ContinuationToken: token }),
          }),
        )
        for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key.slice(prefix.length)
        token = page.IsTruncated === true ? page.NextContinuationToken : undefined
      } while (token !== undefined)
    },

    async delete(key) {
      await client.send(new DeleteObjectCommand(at(key)))
    },

    close: () => client.destroy(),
  }
}

/** Nothing came back, or the server's own failure: the SDK notes the status of an answer, or only how often it tried. */
function isAway(error: unknown): boolean {
  if (!(error instanceof Error) || error.name === 'AbortError' || !('$metadata' in error)) return false
  const { httpStatusCode } = error.$metadata as { httpStatusCode?: number }
  return httpStatusCode === undefined || httpStatusCode >= 500
}

function nullWhenMissing(error: unknown): null {
  if (error instanceof NoSuchKey || error instanceof NotFound) return null
  throw error
}
