import { InvalidInputError } from '@heavylift/core'
import { diskObjects } from './disk.ts'
import { checkPrefix } from './keys.ts'
import type { Objects } from './objects.ts'
import type { S3Options } from './s3.ts'

export interface OpenObjects {
  objects: Objects
  close: () => void
}

/**
 * Files below `folder`, or with a URL an S3 bucket: `s3://bucket/prefix?region=eu-central-1&endpoint=https://s3.example.com`.
 * Credentials come from `AWS_ACCESS_KEY_ID` and its kin, never from the URL.
 */
export async function openObjects(url: string | null, folder: string): Promise<OpenObjects> {
  if (url === null) return { objects: diskObjects(folder), close: () => undefined }
  const options = parseS3Url(url)
  // The SDK is loaded by those who use it.
  const { openS3Objects } = await import('./s3.ts')
  const objects = openS3Objects(options)
  return { objects, close: () => objects.close() }
}

/** @throws InvalidInputError `objects-url-invalid` */
export function parseS3Url(text: string): S3Options {
  const invalid = (why: string, cause?: unknown): InvalidInputError =>
    new InvalidInputError({
      code: 'objects-url-invalid',
      message: `The objects' address must look like s3://bucket/prefix?region=eu-central-1&endpoint=https://host: ${why}.`,
      ...(cause === undefined ? {} : { cause }),
    })
  if (!URL.canParse(text)) throw invalid('it is no URL')
  const url = new URL(text)
  if (url.protocol !== 's3:') throw invalid(`it begins with ${url.protocol}//`)
  if (url.username !== '' || url.password !== '')
    throw invalid('keys belong into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY')
  if (!/^[a-z0-9][a-z0-9.-]{1,62}$/.test(url.hostname)) throw invalid('the bucket has no valid name')
  for (const name of url.searchParams.keys())
    if (name !== 'region' && name !== 'endpoint') throw invalid(`"${name}" is not known`)
  const endpoint = url.searchParams.get('endpoint')
  if (endpoint !== null && !/^https?:\/\/[^/]+/.test(endpoint))
    throw invalid('the endpoint is no http address')
  const path = url.pathname.replace(/^\//, '').replace(/\/$/, '')
  try {
    checkPrefix(path)
  } catch (cause) {
    throw invalid('the prefix is no valid key', cause)
  }
  return {
    bucket: url.hostname,
    prefix: path === '' ? '' : `${path}/`,
    endpoint,
    region: url.searchParams.get('region') ?? process.env['AWS_REGION'] ?? 'us-east-1',
    credentials: null,
  }
}
