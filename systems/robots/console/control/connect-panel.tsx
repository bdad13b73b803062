import { Copy, Facts, Panel } from '@heavylift/ui'
import { topicOf } from '../../src/control/vda5050/protocol.ts'

const usualBroker = 'mqtt://127.0.0.1:1883'

/** What to type to start a floor, and what to enter at a robot. */
export function ConnectPanel({
  broker,
  robot,
}: {
  broker: string
  /** One whose topics stand as the example. */
  robot: { manufacturer: string; serialNumber: string } | null
}) {
  const url = broker === '' ? usualBroker : broker
  const { manufacturer, serialNumber } = robot ?? { manufacturer: 'MAKER', serialNumber: 'SERIAL' }
  const topics = ([3, 2] as const).map((major) =>
    topicOf({ major, manufacturer, serialNumber }, 'order').replace('/order', ''),
  )
  const steps = [
    ['A made floor, or your own in the same form', 'heavylift robots made-floor floor.json'],
    ['A broker; a second one on the same port stands by', 'heavylift robots broker'],
    [
      'Planner and gateway; a second one stands by',
      `heavylift robots control --floor floor.json --database "$DATABASE_URL" --broker ${url} --tasks 100`,
    ],
    ['Simulated robots', `heavylift robots fleet --floor floor.json --broker ${url}`],
  ] as const
  return (
    <div className="hl-grid hl-grid-2">
      <Panel title="Start a floor" note="each in a terminal of its own">
        <ol className="hl-stack">
          {steps.map(([what, command]) => (
            <li key={what}>
              {what}
              <br />
              <Copy text={command} label={`Copy: ${what}`} />
            </li>
          ))}
        </ol>
      </Panel>
      <Panel title="Connect a robot" note="what to enter at it">
        <Facts
          facts={[
            ['Broker', <Copy key="broker" text={url} label="Copy the broker's address" />],
            ['Topics, VDA 5050 3.0', <Copy key="3" text={topics[0]!} label="Copy the topics of 3.0" />],
            ['Topics, VDA 5050 2.x', <Copy key="2" text={topics[1]!} label="Copy the topics of 2" />],
            ['User', <Copy key="user" text={`${manufacturer}/${serialNumber}`} label="Copy the user" />],
            [
              'Nodes',
              'c and the number of the cell, row by row from 0; x to the east, y to the north, in metres',
            ],
          ]}
        />
        <p className="hl-dim">
          Name the robot in <code>floor.json</code> with its maker, serial number, version and the cell where
          it stands. Off this machine the broker needs TLS and a password for each robot: see{' '}
          <code>heavylift robots broker --help</code>.
        </p>
      </Panel>
    </div>
  )
}
