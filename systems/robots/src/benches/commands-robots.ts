// Robots of the bench of commands, in a process of their own: each answers a command at once, with what a robot would say that has done it.
import { topicOf } from '../control/vda5050/protocol.ts'
import type { RobotAddress } from '../control/vda5050/protocol.ts'
import type { Order, RobotState } from '../control/vda5050/messages.ts'
import { headerOf } from '../control/vda5050/write-message.ts'
import { RobotLink } from '../control/fleet/robot-link.ts'

const [url = '', count = '0'] = process.argv.slice(2)
let up = 0
/** Robot, update and time of each order that came. */
let arrived: [robot: number, update: number, atMs: number][] = []
const machineMs = (): number => Number(process.hrtime.bigint()) / 1e6
const robots = Number(count)
for (let robot = 0; robot < robots; robot++) {
  const address: RobotAddress = { major: 3, manufacturer: 'bench', serialNumber: `r${robot}` }
  const statePath = topicOf(address, 'state')
  let headerId = 0
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
      paused: false,
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
    filters: [topicOf(address, 'order'), `bare/${robot}`],
    onUp() {
      link.publish(statePath, state(null))
      if (++up === robots) process.send!({ kind: 'up' })
    },
    onMessage(path, payload) {
      if (path.startsWith('bare/')) return link.publish(`answer/${robot}`, bareAnswer)
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
