import { Panel } from '@heavylift/ui'
import type { Recording } from '../../src/clearance/recordings/recording.ts'
import { emptyPose } from './replay.ts'
import type { Replay } from './replay.ts'
import shared from '../shared.module.css'

/** The chosen agent beside the vehicle under test, at this moment. */
export function AgentFacts({ replay, timeS, chosen }: { replay: Replay; timeS: number; chosen: number }) {
  const { recording } = replay
  return (
    <Panel title="Now" note={chosen < 0 ? 'click an agent to compare' : undefined}>
      <table className={shared['facts']}>
        <thead>
          <tr>
            <th scope="col">
              <span className="hl-hidden">Figure</span>
            </th>
            <th scope="col">{nameOf(recording, recording.ego)}</th>
            {chosen >= 0 && chosen !== recording.ego ? (
              <th scope="col">{nameOf(recording, chosen)}</th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, unit, read }) => (
            <tr key={label}>
              <th scope="row">
                {label} <small>{unit}</small>
              </th>
              {[recording.ego, ...(chosen >= 0 && chosen !== recording.ego ? [chosen] : [])].map((row) => (
                <td key={row} className="hl-number">
                  {valueOf(replay, row, timeS, read)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

const rows: { label: string; unit: string; read: (pose: ReturnType<typeof emptyPose>) => string }[] = [
  { label: 'Speed', unit: 'km/h', read: ({ speedMps }) => (speedMps * 3.6).toFixed(1) },
  { label: 'Acceleration', unit: 'm/s²', read: ({ accelerationMps2 }) => accelerationMps2.toFixed(2) },
  { label: 'Heading', unit: '°', read: ({ heading }) => (((heading * 180) / Math.PI) % 360).toFixed(0) },
  { label: 'Place', unit: 'm', read: ({ x, y }) => `${x.toFixed(1)}, ${y.toFixed(1)}` },
]

function valueOf(
  replay: Replay,
  row: number,
  timeS: number,
  read: (pose: ReturnType<typeof emptyPose>) => string,
): string {
  const pose = emptyPose()
  return replay.poseOf(row, timeS, pose) ? read(pose) : 'not there'
}

function nameOf(recording: Recording, row: number): string {
  const agent = recording.agents[row]
  return agent ? `${agent.name} (${agent.kind})` : ''
}
