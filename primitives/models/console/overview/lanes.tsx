import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ErrorState, Panel, StateMark, format } from '@heavylift/ui'
import { api } from '../api.ts'
import { Sparkline } from '../sparkline.tsx'
import type { GatewaySnapshot, LiveCall, LiveReplica } from '../../src/metering/gateway-snapshot.ts'
import { replicaStates } from '../words.ts'
import { agePlace, ageTicks } from './age-scale.ts'
import { CallsLink } from './calls-link.tsx'
import { CallBlocks } from './call-blocks.tsx'

/** The queue and every replica as a lane, on one axis: the age of the calls in it. */
export function Lanes({ snapshot }: { snapshot: GatewaySnapshot }) {
  const ofReplica = Map.groupBy(snapshot.calls, ({ replicaId }) => replicaId ?? '')
  const waiting = snapshot.models.reduce((sum, model) => sum + model.waiting, 0)
  return (
    <Panel
      title="Replicas"
      note={
        snapshot.replicaCount > snapshot.replicas.length ? (
          <>
            the {snapshot.replicas.length} worst of{' '}
            <Link to={'/models/fleet' as never}>{format.formatCount(snapshot.replicaCount)}</Link>
          </>
        ) : (
          'each mark is one call, placed by its age'
        )
      }
      actions={<Legend />}
      flush
    >
      <div className="models-lanes">
        <LaneHead />
        <ul aria-label="Queue and replicas">
          <QueueLane waiting={waiting} calls={ofReplica.get('') ?? none} />
          {snapshot.replicas.map((replica) => (
            <ReplicaLane
              key={replica.id}
              replica={replica}
              nowMs={snapshot.atMs}
              calls={ofReplica.get(replica.id) ?? none}
            />
          ))}
        </ul>
      </div>
    </Panel>
  )
}

/** What stands in a lane, and the ages along it. */
export function LaneHead() {
  return (
    <div className="models-lane models-lane-head" aria-hidden="true">
      <span>Replica</span>
      <span className="models-axis">
        {ageTicks.map(({ ageMs, label }) => (
          <span key={ageMs} style={{ left: `${agePlace(ageMs) * 100}%` }}>
            {label}
          </span>
        ))}
      </span>
      <span>Tokens a second</span>
      <span>First token</span>
      <span>Failed</span>
      <span />
    </div>
  )
}

const none: readonly LiveCall[] = []

function Legend() {
  return (
    <span className="models-legend">
      <span>
        <i data-phase="waiting" /> waiting
      </span>
      <span>
        <i data-phase="reading" /> reading
      </span>
      <span>
        <i data-phase="writing" /> writing
      </span>
    </span>
  )
}

function QueueLane({ waiting, calls }: { waiting: number; calls: readonly LiveCall[] }) {
  return (
    <li className="models-lane models-lane-queue">
      <div className="models-lane-name">
        <StateMark state={waiting > 0 ? 'warn' : 'idle'}>
          {waiting > 0 ? `${format.formatCount(waiting)} waiting` : 'Nothing waits'}
        </StateMark>
        <span className="hl-fine">Queue</span>
      </div>
      <CallBlocks calls={calls} inFlight={waiting} />
    </li>
  )
}

export function ReplicaLane({
  replica,
  nowMs,
  calls,
}: {
  replica: LiveReplica
  nowMs: number
  calls: readonly LiveCall[]
}) {
  const steer = useMutation({
    mutationFn: (verb: 'drain' | 'undrain') =>
      api.post(`/replicas/:replicaId/${verb}`, { params: { replicaId: replica.id } }),
  })
  const state = replicaStates[replica.state]
  const failed = replica.failed + replica.cut
  const isDraining = replica.state === 'draining'
  return (
    <li className="models-lane" title={state.means}>
      <div className="models-lane-name">
        <span className="models-lane-state">
          <StateMark state={state.mark}>{state.word}</StateMark>
          <span className="hl-number hl-fine">
            {replica.inFlight}
            {replica.maxInFlight === null ? '' : `/${replica.maxInFlight}`} in flight
          </span>
        </span>
        <span className="hl-code hl-cut" title={replica.id}>
          {replica.id}
        </span>
      </div>
      <CallBlocks calls={calls} inFlight={replica.inFlight} />
      <div className="models-lane-rate">
        <Sparkline
          values={replica.tokens}
          label={`Tokens a second over the last ${replica.tokens.length} s, now ${format.formatNumber(replica.tokensPerSecond)}`}
        />
        <span className="hl-number">{format.formatCount(replica.tokensPerSecond)}</span>
      </div>
      <div className="models-lane-ttft hl-number">
        {replica.ttftMs ? (
          <>
            <span>
              <small>p50</small> {format.formatDuration(replica.ttftMs.p50)}
            </span>
            <span>
              <small>p99</small> {format.formatDuration(replica.ttftMs.p99)}
            </span>
          </>
        ) : (
          <span className="hl-fine">no call yet</span>
        )}
      </div>
      <div className="models-lane-failed">
        <CallsLink
          nowMs={nowMs}
          filter={{ text: replica.id, ...(failed > 0 ? { status: 'failed,cut' } : {}) }}
          className="hl-number"
          title={`${failed} failed or cut of ${replica.ended} in the last five minutes`}
          data-bad={failed > 0 || undefined}
        >
          {failed > 0 ? '■ ' : ''}
          {format.formatCount(failed)}
          <small> of {format.formatCompact(replica.ended)}</small>
          <span className="hl-hidden"> calls failed, show them</span>
        </CallsLink>
      </div>
      <div className="models-lane-action">
        <Button
          size="compact-xs"
          variant="default"
          loading={steer.isPending}
          aria-label={`${isDraining ? 'Take back' : 'Drain'} ${replica.id}`}
          title={isDraining ? 'Give it requests again' : 'Finish what it has and give it nothing new'}
          onClick={() => steer.mutate(isDraining ? 'undrain' : 'drain')}
        >
          {isDraining ? 'Take back' : 'Drain'}
        </Button>
      </div>
      {steer.isError ? <ErrorState error={steer.error} /> : null}
    </li>
  )
}
