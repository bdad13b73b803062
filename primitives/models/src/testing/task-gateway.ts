import { systemClock } from '@heavylift/core'
import type { Kysely } from 'kysely'
import { ReadyAnswers } from '../cache/ready-answers.ts'
import type { CacheTables } from '../cache/ready-answers.ts'
import type { TaskModel } from '../gateway/in-process/complete.ts'
import { completeInProcess } from '../gateway/in-process/complete-in-process.ts'
import type { CallRecord } from '../metering/call-record.ts'
import { cacheMigrations } from '../migrations/cache.ts'
import { startTestGateway } from './test-gateway.ts'

export interface TaskGateway {
  model: TaskModel
  /** For programs that call the gateway by HTTP: `http://127.0.0.1:port`, its API below `/v1`. */
  address: string
  /** What was metered, oldest first. */
  records: readonly CallRecord[]
  /** Drops the answers of a tag that are kept for whoever asks the same again. */
  forget(tenantId: string, tag: string): Promise<number>
  close(): Promise<void>
}

/** Tables for `startTaskGateway`, of the system `models`. */
export const taskGatewayMigrations = cacheMigrations

/** The gateway before one OpenAI-compatible server, as systems have it in their own process, with answers kept in `database` if there is one. */
export async function startTaskGateway(options: {
  /** With `/v1`. */
  baseUrl: string
  model: string
  /** Where the server's key is, such as `env:OPENAI_API_KEY`. */
  apiKey?: string
  database?: Kysely<CacheTables>
  /** Millionths of a US dollar a token. Default: not known. */
  price?: { input: number; output: number }
}): Promise<TaskGateway> {
  const { model, baseUrl, apiKey, database, price } = options
  const ready = database && new ReadyAnswers(database, systemClock, 1024 * 1024)
  await ready?.refresh()
  const started = await startTestGateway(
    {
      providers: {
        upstream: {
          kind: 'openai',
          replicas: [{ url: baseUrl }],
          ...(apiKey === undefined ? {} : { apiKey }),
        },
      },
      ...(price ? { prices: { [model]: price } } : {}),
      models: { [model]: { targets: [{ provider: 'upstream', model }] } },
    },
    {
      // Models that break on purpose are asked on and on.
      breaker: { consecutiveFailures: Infinity, failureRate: Infinity },
      ...(ready ? { ready } : {}),
    },
  )
  return {
    model: { name: model, complete: completeInProcess(started.gateway, model) },
    address: started.address,
    records: started.records,
    forget: (tenantId, tag) => ready?.invalidate(tenantId, tag) ?? Promise.resolve(0),
    close: () => started.close(),
  }
}
