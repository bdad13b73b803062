// What the routes of the gateway (below `/api/models`) answer. Times are epoch milliseconds, money millionths of a US dollar.
export type { GatewaySnapshot, Load } from '../src/metering/gateway-snapshot.ts'
import type { GatewaySnapshot } from '../src/metering/gateway-snapshot.ts'

export type LiveReplica = GatewaySnapshot['replicas'][number]
export type LiveModel = GatewaySnapshot['models'][number]
export type LiveCall = GatewaySnapshot['calls'][number]
