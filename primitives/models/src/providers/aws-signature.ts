import { Sha256 } from '@smithy/core/checksum'
import { SignatureV4 } from '@smithy/signature-v4'
import type { ReadSecret } from '../secret.ts'
import { kept } from './authorize.ts'
import type { Authorizer } from './authorize.ts'

export interface AwsAccess {
  region: string
  /** References, as all of these. */
  accessKeyId: string
  secretAccessKey: string
  /** For temporary credentials; null for those that stay. */
  sessionToken: string | null
}

/**
 * Signs requests to a service of AWS with AWS Signature Version 4. The signature covers host, path, headers and body and is good for
 * some minutes. Rejects with `secret-missing`. `nowMs`: Unix time.
 */
export function awsAuthorizer(
  access: AwsAccess,
  nowMs: () => number,
  readSecret: ReadSecret,
  service: 'bedrock' | 'ecs' = 'bedrock',
): Authorizer {
  const credentials = kept(async () => {
    const [accessKeyId, secretAccessKey, sessionToken] = await Promise.all([
      readSecret(access.accessKeyId),
      readSecret(access.secretAccessKey),
      access.sessionToken === null ? null : readSecret(access.sessionToken),
    ])
    return { accessKeyId, secretAccessKey, ...(sessionToken === null ? {} : { sessionToken }) }
  })
  const signature = new SignatureV4({
    service,
    region: access.region,
    sha256: Sha256,
    credentials: async () => credentials(),
  })
  return async (request) => {
    const url = new URL(request.url)
    const signed = await signature.sign(
      {
        method: request.method,
        protocol: url.protocol,
        hostname: url.hostname,
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: { ...request.headers, host: url.host },
        body: request.body,
      },
      { signingDate: new Date(nowMs()) },
    )
    return Object.fromEntries(
      Object.entries(signed.headers).filter(
        ([name]) => name === 'authorization' || name.startsWith('x-amz-'),
      ),
    )
  }
}
