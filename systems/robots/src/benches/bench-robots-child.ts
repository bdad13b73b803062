// Robots of a bench in a process of their own: each answers a command at once, with what a robot would say that has done it.
import { topicOf } from '../control/vda5050/protocol.ts'
import type { RobotAddress } from '../control/vda5050/protocol.ts'
import type { InstantActions, Order, RobotState } from '../control/vda5050/messages.ts'
import { headerOf } from '../control/vda5050/write-message.ts'
import type { Arrival } from './bench-floor.ts'
import { RobotLink } from '../control/fleet/robot-link.ts'

const [url = '', first = '0', last = '0'] = process.argv.slice(2)
/** After an instant action. */
const answersMs = 500
let up = 0
/** What came, and when. */
let arrived: Arrival[] = []
const machineMs = (): number => Number(process.hrtime.bigint()) / 1e6
const [from, to] = [Number(first), Number(last)]
for (let robot = from; robot < to; robot++) {
  const address: RobotAddress = { major: 3, manufacturer: 'bench', serialNumber: `r${robot}` }
  const statePath = topicOf(address, 'state')
  let headerId = 0
  let isPaused = false
  const state = (order: Order | null): string => {
    const at = order?.nodes.findLast(({ released }) => released)
    const said: RobotState = {
      ...headerOf(address, headerId++, Date.now()),
      orderId: order?.orderId ?? '',
      orderUpdateId: order?.orderUpdateId ?? 0,
      lastNodeId: at?.nodeId ?? `c${robot * 3}`,
      lastNodeSequenceId: at?.sequenceId ?? 0,
      nodeStates: [],
      edgeStates: [],
      driving: false,
      paused: isPaused,
      actionStates: [],
      instantActionStates: [],
      powerSupply: { stateOfCharge: 90, charging: false },
      operatingMode: 'AUTOMATIC',
      errors: [],
      safetyState: { activeEmergencyStop: 'NONE', fieldViolation: false },
    }
    return JSON.stringify(said)
  }
  const bareAnswer = state(null)
  const link: RobotLink = new RobotLink({
    url,
    clientId: `r${robot}`,
    will: () => ({ path: topicOf(address, 'connection'), text: '{}' }),
    filters: [topicOf(address, 'order'), topicOf(address, 'instantActions'), `bare/${robot}`],
    onUp() {
      link.publish(statePath, state(null))
      if (++up === to - from) process.send!({ kind: 'up' })
    },
    onMessage(path, payload) {
      if (path.startsWith('bare/')) return link.publish(`answer/${robot}`, bareAnswer)
      if (path.endsWith('/instantActions')) {
        const atMs = machineMs()
        // Thousands of robots are not one process: what each would do with the message on its own machine waits until all have it.
        setTimeout(() => {
          const { actions } = JSON.parse(Buffer.from(payload).toString()) as InstantActions
          isPaused = actions.some(({ actionType }) => actionType === 'startPause')
          if (isPaused) arrived.push([robot, -1, atMs])
          link.publish(statePath, state(null))
        }, answersMs)
        return
      }
      const order = JSON.parse(Buffer.from(payload).toString()) as Order
      arrived.push([robot, order.orderUpdateId, machineMs()])
      link.publish(statePath, state(order))
    },
  })
}
process.on('message', () => {
  process.send!({ kind: 'arrived', arrived })
  arrived = []
})
process.on('disconnect', () => process.exit(0))
