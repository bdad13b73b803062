// What the routes of the gateway (below `/api/models`) answer. Times are epoch milliseconds, money millionths of a US dollar.
import type { GatewayConfig } from '../src/table/gateway-config.ts'
import type { CallRecord } from '../src/metering/call-record.ts'
import type { GatewaySnapshot } from '../src/metering/gateway-snapshot.ts'
import type { CallText } from '../src/metering/meter.ts'
import type { CacheControl, ConfigState, EngineOverview } from '../src/context.ts'

export type { GatewayConfig, ModelConfig, LimitsConfig } from '../src/table/gateway-config.ts'
export type { CallRecord, CallStatus, CacheState } from '../src/metering/call-record.ts'
/** `GET /snapshot`, and each event of `GET /live`. */
export type { GatewaySnapshot } from '../src/metering/gateway-snapshot.ts'
/** `GET /usage?from=&to=&by=&bucket=&tenant=` */
export type { UsageDimension, UsageReport, UsageSums } from '../src/metering/usage-queries.ts'
/** Details of the error `config-invalid`. */
export type { ConfigProblem } from '../src/context.ts'

export type LiveReplica = GatewaySnapshot['replicas'][number]
export type LiveCall = GatewaySnapshot['calls'][number]

/** `GET /calls?model=&tenant=&status=&cache=&from=&to=&text=&before=&limit=` */
export interface CallsAnswer {
  calls: CallRecord[]
  /** Pass as `before` for the next page; null on the last. */
  next: string | null
}

/** `GET /calls/:callId` */
export interface CallAnswer {
  call: CallRecord
  /** Null unless the table keeps prompts. */
  text: CallText | null
}

/** `GET /config`, and what every change answers. */
export interface ConfigAnswer extends ConfigState {
  /** The table in effect, defaults filled in. */
  table: GatewayConfig
}

/** `GET /cache` */
export type CacheAnswer = ReturnType<CacheControl['stats']>

/** `GET /engine` */
export type EngineAnswer = Pick<EngineOverview, 'isInstalled' | 'pulled'> & { engines: LocalEngine[] }

/** One engine process; without what only its machine needs to know. */
export type LocalEngine = Omit<EngineOverview['engines'][number], 'url' | 'pid'>
