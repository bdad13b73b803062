import { request } from 'undici'
import type { HealthTarget } from './active-health-checks.ts'

/** Whether a GET of the address answers 2xx within `timeoutMs`. Never rejects. */
export async function checkHealth({ url, headers }: HealthTarget, timeoutMs: number): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(timeoutMs)
    const { statusCode, body } = await request(url, { signal, headers: (await headers?.()) ?? {} })
    await body.dump()
    return statusCode >= 200 && statusCode < 300
  } catch {
    return false
  }
}
