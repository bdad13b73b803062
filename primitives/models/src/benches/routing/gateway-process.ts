import { startTestGateway } from '../../testing/test-gateway.ts'

/** Starts the gateway with the table that is sent, and answers with its address. */
process.once('message', (table: unknown) => {
  void startTestGateway(table).then(({ address }) => process.send?.(address))
})
process.once('disconnect', () => process.exit())
