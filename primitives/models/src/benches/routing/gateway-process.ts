import { startTestGateway } from '../../testing/test-gateway.ts'
import { type LoopStalls, watchStalls } from './loop-stalls.ts'

/** Asked of the process once; it answers with the gateway's address. */
export interface GatewayTask {
  table: object
  stallMs: number
}

/** Sent for the message after the first. */
export interface GatewayTotals {
  stalls: LoopStalls
  /** How often a replica was found out of service that had been in it. None of them ever fails here. */
  ejections: number
}

const LOOK_EVERY_MS = 20

process.once('message', ({ table, stallMs }: GatewayTask) => {
  void startTestGateway(table).then(({ address, gateway }) => {
    const out = new Set<string>()
    let ejections = 0
    setInterval(() => {
      for (const { balancer } of gateway.routes.values()) {
        for (const { id, state } of balancer.replicas) {
          if (state === 'healthy') out.delete(id)
          else if (!out.has(id)) {
            out.add(id)
            ejections++
          }
        }
      }
    }, LOOK_EVERY_MS).unref()
    const stalls = watchStalls(stallMs)
    process.once('message', () => {
      const totals: GatewayTotals = { stalls: stalls(), ejections }
      process.send?.(totals)
    })
    process.send?.(address)
  })
})
process.once('disconnect', () => process.exit())
