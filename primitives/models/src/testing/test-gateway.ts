import { createServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createIds, silentLogger, systemClock } from '@heavylift/core'
import type { Caller } from '@heavylift/core'
import { Limits } from '../admission/limits.ts'
import { secretReader } from '../secret.ts'
import { gatewayConfigSchema } from '../table/gateway-config.ts'
import type { OwnPath } from '../gateway/entry/own-paths.ts'
import { createFront } from '../gateway/entry/front.ts'
import { relaySocket } from '../gateway/entry/relay-socket.ts'
import { Gateway } from '../gateway/gateway.ts'
import type { GatewayParts } from '../gateway/gateway-parts.ts'
import type { CallRecord } from '../metering/call-record.ts'
import { createLiveStats } from '../metering/live-stats.ts'
import { createPrices } from '../metering/prices.ts'
import type { CallText, Meter } from '../metering/meter.ts'

export interface TestGateway {
  gateway: Gateway
  /** `http://127.0.0.1:port` */
  address: string
  /** What was metered, oldest first. */
  records: CallRecord[]
  /** What of them was given to be kept. */
  texts: CallText[]
  close(): Promise<void>
}

/** The gateway on a free loopback port, with a meter that keeps its records in memory and every caller let in. */
export async function startTestGateway(
  table: unknown,
  options: {
    /** Instead of `records` and `texts`. */
    meter?: Meter
    ready?: GatewayParts['ready']
    responses?: GatewayParts['responses']
    /** What else is answered beside the usual paths. */
    beside?: (gateway: Gateway) => readonly OwnPath[]
    breaker?: GatewayParts['breaker']
    onTakenOut?: GatewayParts['onTakenOut']
    caller?: (request: IncomingMessage) => Caller
    secretsDir?: string
  } = {},
): Promise<TestGateway> {
  const config = gatewayConfigSchema.parse(table)
  const records: CallRecord[] = []
  const texts: CallText[] = []
  const gateway = new Gateway(
    {
      clock: systemClock,
      ids: createIds(systemClock),
      log: silentLogger,
      random: Math.random,
      limits: new Limits(config),
      readSecret: secretReader({ secretsDir: options.secretsDir ?? '/nowhere' }),
      meter: options.meter ?? memoryMeter(records, texts),
      prices:
        Object.keys(config.prices).length > 0
          ? createPrices(() => config)
          : { cost: () => ({ costMicros: 0, isPriced: true }) },
      ...(options.ready ? { ready: options.ready } : {}),
      ...(options.responses ? { responses: options.responses } : {}),
      ...(options.breaker ? { breaker: options.breaker } : {}),
      ...(options.onTakenOut ? { onTakenOut: options.onTakenOut } : {}),
    },
    config,
    () => null,
  )
  const identify = options.caller ?? (() => ({ tenantId: 'main', keyId: null, scope: 'admin' as const }))
  const server = createServer(createFront(gateway, identify, options.beside?.(gateway)))
  server.on('upgrade', (request, socket, head) => void relaySocket(gateway, identify, request, socket, head))
  const address = await listen(server)
  return {
    gateway,
    address,
    records,
    texts,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await gateway.close()
    },
  }
}

function memoryMeter(records: CallRecord[], texts: CallText[]): Meter {
  const live = createLiveStats()
  return {
    live,
    began: (call) => live.began(call, systemClock.nowMs()),
    record(record, call, text) {
      records.push(record)
      if (text) texts.push(text)
      call?.ended(record, systemClock.nowMs())
    },
  }
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
