import { startTestGateway } from '../../testing/test-gateway.ts'
import { gatewayConfigSchema } from '../../table/gateway-config.ts'

/** A gateway in a process of its own. Each further message may bring a new table; each is answered with its state. */

export interface GatewayState {
  inFlight: number
  /** Names of models that have a replica whose breaker is open. */
  open: string[]
}

process.once('message', (table: unknown) => {
  startTestGateway(table).then(
    ({ address, gateway }) => {
      process.on('message', (message: { table?: unknown }) => {
        if (message.table !== undefined) gateway.configure(gatewayConfigSchema.parse(message.table))
        const state: GatewayState = { inFlight: 0, open: [] }
        for (const { name, balancer } of gateway.routes.values()) {
          for (const replica of balancer.replicas) {
            state.inFlight += replica.requestsInFlight
            if (replica.state === 'open') state.open.push(name)
          }
        }
        process.send?.(state)
      })
      process.send?.({ address })
    },
    (error: unknown) => {
      setImmediate(() => {
        throw error
      })
    },
  )
})
process.once('disconnect', () => process.exit())
