import { Link } from '@tanstack/react-router'
import { Empty, StateMark } from '@heavylift/ui'
import { useGateway } from '../use-gateway.ts'
import { CallBlocks } from '../overview/call-blocks.tsx'
import type { LiveCall } from '../../src/metering/gateway-snapshot.ts'
import { replicaStates } from '../words.ts'
import '../models-console.css'
import './miniature.css'

const mostLanes = 2

/** Requests flowing through replicas, now. */
export default function ModelsMiniature() {
  const { snapshot } = useGateway()
  if (snapshot === null) return <div className="models-mini" />
  if (snapshot.replicas.length === 0) {
    return (
      <div className="models-mini">
        <Empty title="Pull a model">
          <Link to="/models">Choose a small one</Link> to run on this machine, or a server that you have.
        </Empty>
      </div>
    )
  }
  const ofReplica = Map.groupBy(snapshot.calls, ({ replicaId }) => replicaId ?? '')
  const shown = snapshot.replicas.slice(0, mostLanes)
  return (
    <div className="models-mini">
      <ul>
        {shown.map((replica) => {
          const state = replicaStates[replica.state]
          return (
            <li key={replica.id}>
              <span className="hl-code hl-cut">{shortName(replica.id)}</span>
              <StateMark state={state.mark}>{state.word}</StateMark>
              <CallBlocks calls={ofReplica.get(replica.id) ?? none} inFlight={replica.inFlight} />
            </li>
          )
        })}
      </ul>
      <p className="hl-fine">
        {snapshot.hasSample ? 'Sample traffic until your first call. ' : ''}
        Each mark is one call: hollow while its prompt is read, full while its answer is written.
        {snapshot.replicaCount > shown.length
          ? ` ${snapshot.replicaCount - shown.length} more replicas are in the overview.`
          : ''}
      </p>
    </div>
  )
}

/** The model of a replica's id (`provider/host:port/model`), since a tile has room for no more. */
const shortName = (id: string): string => id.slice(id.lastIndexOf('/') + 1)

const none: readonly LiveCall[] = []
